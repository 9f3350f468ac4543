using Gateway.Mail;
using Gateway.Pages.Languages;
using Gateway.Users;

namespace Gateway.Recovery;

/// <summary>Tells a user that their password was set anew: whoever can read their mail could have done it.</summary>
internal sealed class ChangedErrand(string userId, Texts texts) : Errand
{
    public override string Kind => "changed password";

    public override async Task<Letter?> WriteAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await services.GetRequiredService<UserDirectory>().FindAsync(userId, cancellationToken) is { } user
            ? services.GetRequiredService<RecoveryLetters>().Changed(user, texts)
            : null;
}
