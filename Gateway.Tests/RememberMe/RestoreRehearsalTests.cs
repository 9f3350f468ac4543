using System.Data.Common;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.RememberMe;

/// <summary>A gateway that starts after a loss of all sessions has its first visitors to restore.</summary>
public sealed class RestoreRehearsalTests
{
    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Gateway_ThatNobodyHasVisitedYet_HasLookedForABrowserOnce(string remembers, int times)
    {
        var statements = new Statements();

        await using var gateway = await TestGateway.StartAsync(
            new GatewaySettings().With("Gateway:RememberMe:Enabled", remembers),
            services: services => services.ConfigureDbContext<UserDatabase>(options => options.AddInterceptors(statements)));

        Assert.Equal(times, statements.OfBrowsers);
    }

    private sealed class Statements : DbCommandInterceptor
    {
        private int ofBrowsers;

        public int OfBrowsers => Volatile.Read(ref ofBrowsers);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("\"RememberedBrowsers\"", StringComparison.Ordinal))
                Interlocked.Increment(ref ofBrowsers);
            return ValueTask.FromResult(result);
        }
    }
}
