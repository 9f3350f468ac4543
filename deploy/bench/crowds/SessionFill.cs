using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.RememberMe;
using Gateway.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Crowds;

/// <summary>Sessions of as many users, each with a remembered browser, written by the gateway's own store.</summary>
internal static class SessionFill
{
    private const int AtATime = 200;

    /// <summary>Always the same for a number, so that nobody has to write a million of them down.</summary>
    public static SessionId Id(int number) => SessionId.Derive("a benchmark's, not a visitor's"u8, Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    public static async Task RunAsync(int count)
    {
        await using var gateway = GatewayParts.Build();
        var (store, settings) = (gateway.Services.GetRequiredService<ISessionStore>(), gateway.Services.GetRequiredService<SessionSettings>());
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                var person = Person.Number(number).Known(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
                var now = DateTimeOffset.UtcNow;
                var session = Session.For(person, now, now + settings.AbsoluteTimeout, restored: false, RememberMeToken.New().BrowserId);
                if (!(await store.CreateAsync(session with { Key = Id(number).Key }, CancellationToken.None)).IsNew)
                    throw new InvalidOperationException($"There was a session {number} already.");
            }
        }));
    }
}
