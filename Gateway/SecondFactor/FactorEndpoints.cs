using Gateway.Account;
using Gateway.Audit;
using Gateway.Login;
using Gateway.Pages;
using Gateway.Pages.Languages;
using Gateway.SecondFactor.Pages;
using Gateway.Sessions;
using Gateway.StepUp;
using Gateway.Users;

namespace Gateway.SecondFactor;

/// <summary><c>/account/factor</c>: what a visitor has, new recovery codes, and turning it off.</summary>
internal sealed class FactorEndpoints(GatewayPaths paths, FactorPolicy policy)
{
    public Task<IResult> ShowAsync(HttpContext context, FactorStore store, CancellationToken cancellationToken) =>
        PageAsync(context, StatusCodes.Status200OK, failure: null, store, cancellationToken);

    /// <summary>Takes the password and a code: a stolen session has neither.</summary>
    public async Task<IResult> TurnOffAsync(
        HttpContext context,
        FactorStore store,
        Reauthentication reauthentication,
        CodeAttempt attempt,
        FactorChanges changes,
        SignIn signIn,
        CancellationToken cancellationToken)
    {
        var session = Visitor.Of(context).Session;
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        var password = form["password"].ToString();
        if (password.Length is 0 or > UserServices.MaxPasswordLength)
            return await AgainAsync(StatusCodes.Status400BadRequest, context.Texts()["login.fault.password"]);
        var checkedPassword = await reauthentication.CheckAsync(context, session, password, AuditActions.ReauthenticationRefused, cancellationToken);
        var verdict = checkedPassword.User is { } owner ? await attempt.RunAsync(context, owner, form["code"].ToString(), cancellationToken) : null;
        if ((checkedPassword.RetryAfter ?? verdict?.RetryAfter) is { } wait)
            return await AgainAsync(StatusCodes.Status429TooManyRequests, LoginEndpoints.LaterText(context, wait));
        if (checkedPassword.User is not { } user || verdict?.Kind is null)
            return await AgainAsync(StatusCodes.Status401Unauthorized, context.Texts()["factor.notOff"]);

        var changed = await changes.DisableAsync(context, user, cancellationToken);
        // Who must have one sets up another at the login that follows.
        var goesOn = changed is not null && !policy.IsRequiredOf(changed)
            && await signIn.RaiseAsync(context, changed, session, Proofs.None, isFresh: false, cancellationToken);
        await changes.ApplyAsync(user.Id, cancellationToken);
        return PageResults.GoTo(context, goesOn ? paths.Factor : ReturnAddress.ToLogin(paths, paths.Factor));

        Task<IResult> AgainAsync(int status, string failure) => PageAsync(context, status, failure, store, cancellationToken);
    }

    public async Task<IResult> RenewCodesAsync(
        HttpContext context, FactorStore store, CodeAttempt attempt, FactorChanges changes, CancellationToken cancellationToken)
    {
        var user = Visitor.Of(context).User;
        var form = await FormBody.ReadAsync(context.Request, cancellationToken);
        var verdict = await attempt.RunAsync(context, user, form["code"].ToString(), cancellationToken);
        if (verdict.Fault(context) is var (status, failure))
            return await PageAsync(context, status, failure, store, cancellationToken);
        return context.Page<RecoveryCodesPage>(new { Codes = await changes.RenewCodesAsync(context, user, cancellationToken), Next = paths.Factor });
    }

    private async Task<IResult> PageAsync(HttpContext context, int status, string? failure, FactorStore store, CancellationToken cancellationToken)
    {
        var user = Visitor.Of(context).User;
        var left = user.HasSecondFactor ? await store.CountRecoveryAsync(user.Id, cancellationToken) : 0;
        return context.Page<FactorStatePage>(new { IsOn = user.HasSecondFactor, IsRequired = policy.IsRequiredOf(user), CodesLeft = left, Failure = failure }, status);
    }
}
