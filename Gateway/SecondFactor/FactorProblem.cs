using Gateway.Login;
using Gateway.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.SecondFactor;

/// <summary>What a program is told whose password was right, and is not enough.</summary>
internal static class FactorProblem
{
    /// <summary>The member <c>factor</c> says what is asked for: <c>totp</c>, then the same login with a <c>code</c>; <c>enrol</c>, which takes a browser.</summary>
    public static ProblemHttpResult ToProblem(this LoginNeeds needs, bool isWrong, GatewayPaths paths)
    {
        var enrols = needs.Need is FactorNeed.Enrolment;
        var detail = (enrols, isWrong) switch
        {
            (true, _) => $"This account must have a second factor. Set it up by logging in with a browser at {paths.Login}.",
            (_, true) => "The code is wrong, or was used before.",
            _ => "Send the same login with a code: six digits of the authenticator app, or a recovery code.",
        };
        return TypedResults.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status401Unauthorized,
            Title = "A second factor is needed",
            Detail = detail,
            Extensions = { ["factor"] = enrols ? "enrol" : "totp" },
        });
    }
}
