using Gateway.Login;
using Gateway.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.SecondFactor;

/// <summary>What a program is told whose password was right, and is not enough.</summary>
internal static class FactorProblem
{
    /// <summary>The member <c>factor</c> says what is asked for: <c>totp</c>, then the same login with a <c>code</c>; <c>passkey</c> and <c>enrol</c> take a browser.</summary>
    public static ProblemHttpResult ToProblem(this LoginNeeds needs, bool isWrong, GatewayPaths paths)
    {
        var (factor, detail) = needs.Need switch
        {
            FactorNeed.Enrolment => ("enrol", $"This account must have a second factor. Set it up by logging in with a browser at {paths.Login}."),
            FactorNeed.Passkey => ("passkey", $"This account needs its passkey. Log in with a browser at {paths.Login}."),
            _ when isWrong => ("totp", "The code is wrong, or was used before."),
            _ => ("totp", "Send the same login with a code: six digits of the authenticator app, or a recovery code."),
        };
        return TypedResults.Problem(new ProblemDetails
        {
            Status = StatusCodes.Status401Unauthorized,
            Title = "A second factor is needed",
            Detail = detail,
            Extensions = { ["factor"] = factor },
        });
    }
}
