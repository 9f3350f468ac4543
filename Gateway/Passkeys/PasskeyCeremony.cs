using Gateway.Audit;
using Gateway.Passkeys.Pages;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Passkeys;

/// <summary>Asks for a passkey, and checks it (WebAuthn, as Identity does it).</summary>
internal sealed class PasskeyCeremony(
    IPasskeyHandler<GatewayUser> handler,
    UserManager<GatewayUser> users,
    UserDatabase database,
    WriteTurns turns,
    PasskeyChallenge challenge,
    ILogger<PasskeyCeremony> logger)
{
    // Of what a browser sends; some attestations have certificates in them.
    private const int LongestCredential = 32 * 1024;

    private const int LongestReason = 200;

    /// <summary>What a page needs to ask for a passkey.</summary>
    /// <param name="user">Whose; absent for anybody's.</param>
    public async Task<PasskeyRequest> AskAsync(HttpContext context, PasskeyPurpose purpose, GatewayUser? user)
    {
        var made = await handler.MakeRequestOptionsAsync(user!, context);
        return new PasskeyRequest(made.RequestOptionsJson, challenge.Write(purpose, user?.Id, made.AssertionState!));
    }

    /// <summary>What a page needs to make one.</summary>
    public async Task<PasskeyRequest> OfferAsync(HttpContext context, GatewayUser user)
    {
        var entity = new PasskeyUserEntity { Id = user.Id, Name = user.Email!, DisplayName = user.Name ?? user.Email! };
        var made = await handler.MakeCreationOptionsAsync(entity, context);
        return new PasskeyRequest(made.CreationOptionsJson, challenge.Write(PasskeyPurpose.Registration, user.Id, made.AttestationState!));
    }

    /// <summary>Whose passkey has signed the challenge of this form; null when it is none, or not this user's.</summary>
    /// <param name="userId">Whose it has to be; absent for anybody's.</param>
    public async Task<GatewayUser?> CheckAsync(
        HttpContext context, PasskeyPurpose purpose, string? userId, IFormCollection form, CancellationToken cancellationToken)
    {
        var credential = form["credential"].ToString();
        if (credential.Length is 0 or > LongestCredential
            || await challenge.TakeAsync(purpose, userId, form["state"], cancellationToken) is not { } state)
            return null;
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded)
        {
            if (DatabaseFault.Is(result.Failure.InnerException))
                throw result.Failure.InnerException!;
            Refused(result.Failure);
            return null;
        }

        return await NoteUseAsync(result.User, result.Passkey, cancellationToken) ? result.User : null;
    }

    /// <summary>The passkey that was made for this form; null when it is none.</summary>
    public async Task<UserPasskeyInfo?> FindNewAsync(HttpContext context, string userId, IFormCollection form, CancellationToken cancellationToken)
    {
        var credential = form["credential"].ToString();
        if (credential.Length is 0 or > LongestCredential
            || await challenge.TakeAsync(PasskeyPurpose.Registration, userId, form["state"], cancellationToken) is not { } state)
            return null;
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (result.Succeeded)
            return result.Passkey;
        if (DatabaseFault.Is(result.Failure.InnerException))
            throw result.Failure.InnerException!;
        Refused(result.Failure);
        return null;
    }

    // The message quotes what the client sent.
    private void Refused(PasskeyException failure) => logger.PasskeyRefused(AuditText.Cut(failure.Message, LongestReason)!);

    // Counter and backup state. A database that takes no writes keeps nobody out; whoever removes the passkey at this moment does, and
    // must not find it added again. False then.
    private async Task<bool> NoteUseAsync(GatewayUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var isThere = true;
        try
        {
            await turns.WriteAsync(
                database,
                async () =>
                {
                    isThere = await users.GetPasskeyAsync(user, passkey.CredentialId) is not null;
                    if (isThere)
                        await users.AddOrUpdatePasskeyAsync(user, passkey);
                },
                cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            logger.PasskeyNotUpdated(user.Id, DatabaseFault.Reason(exception));
        }

        return isThere;
    }
}
