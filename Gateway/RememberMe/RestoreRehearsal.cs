using Gateway.Users;
using Microsoft.AspNetCore.DataProtection;

namespace Gateway.RememberMe;

/// <summary>
/// Looks for a browser that nobody has, before the listener opens. A gateway that starts after Redis lost its data is asked for hundreds
/// of browsers in its first second, which is no time to load the key ring and to compile the statement.
/// </summary>
internal sealed class RestoreRehearsal(BrowserRecognition browsers, IDataProtectionProvider protection, RememberMeSettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.Enabled)
            return;
        try
        {
            if (RememberMeToken.TryUnprotect(protection, RememberMeToken.New().Protect(protection), out var token))
                await browsers.FindAsync(token, cancellationToken);
        }
        catch (Exception exception) when (DatabaseFault.Is(exception))
        {
            // The first visitor is told.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
