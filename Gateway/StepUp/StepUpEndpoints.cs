using Gateway.Audit;
using Gateway.Login;
using Gateway.Pages;
using Gateway.SecondFactor;
using Gateway.SecondFactor.Pages;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.StepUp;

/// <summary><c>GET</c> and <c>POST /step-up</c>: the second factor for a session that was begun without it.</summary>
internal sealed class StepUpEndpoints(GatewayPaths paths, SameOrigin origin, Refusal refusal, AuditTrail audit)
{
    public async Task<IResult> ShowAsync(HttpContext context, string? returnUrl, UserDirectory directory, FactorStore store, CancellationToken cancellationToken)
    {
        var session = context.User.Session()!;
        var returnAddress = ReturnAddress.Sanitize(returnUrl, paths);
        if (session.Proofs.HasSecondFactor())
            return PageResults.GoTo(context, returnAddress);
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (user is null)
            return new Challenge(refusal);
        var means = await store.MeansOfAsync(user, cancellationToken);
        return means.Any
            ? Page(context, StatusCodes.Status200OK, returnAddress, failure: null, means.App)
            : PageResults.GoTo(context, ReturnAddress.To(paths.Factor + "/totp", returnAddress));
    }

    public async Task<IResult> EnterAsync(
        HttpContext context, UserDirectory directory, CodeAttempt attempt, SignIn signIn, CancellationToken cancellationToken)
    {
        var (form, bad) = await origin.ReadFormAsync(context, cancellationToken);
        if (form is null)
            return bad!;
        var session = context.User.Session()!;
        var returnAddress = ReturnAddress.Sanitize(form["returnUrl"], paths);
        var user = await directory.FindAsync(session.UserId, cancellationToken);
        if (!session.MayGoOnFor(user))
            return new Challenge(refusal);

        var verdict = await attempt.RunAsync(context, user!, form["code"].ToString(), cancellationToken);
        if (verdict.Fault(context) is var (status, failure))
            return Page(context, status, returnAddress, failure);
        if (!await signIn.RaiseAsync(context, user!, session, Proofs.Code, isFresh: false, cancellationToken))
            return new Challenge(refusal);
        audit.Note(context, AuditEvent.ByUser(AuditActions.SecondFactorProven, session.UserId, verdict.Kind!.Value.ToDetail()));
        return PageResults.GoTo(context, returnAddress);
    }

    private RazorComponentResult<FactorPage> Page(HttpContext context, int status, string returnAddress, string? failure, bool hasApp = true) =>
        context.Page<FactorPage>(
            new { Model = new FactorPageModel(paths.StepUp, context.User.Session()!.UserId, returnAddress, failure) { IsStepUp = true, HasApp = hasApp } },
            status);
}

/// <summary>Nobody is signed in any more.</summary>
internal sealed class Challenge(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => refusal.ChallengeAsync(httpContext);
}
