using System.Data.Common;
using System.Net;
using Gateway.Sessions;
using Gateway.Tests.Hosting;
using Gateway.Tests.Operations.Management;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.RememberMe;

/// <summary>Redis has lost its data, and everybody comes back at once. How fast that goes is measured by <c>deploy/bench/storm</c>.</summary>
public sealed class RestoreStormTests
{
    private const int Users = 30;
    private const int Browsers = 300;

    // What a restore costs: another round trip or look-up for each of ten thousand visitors is noticed here.
    private const int LookupsEach = 2;
    private const int RoundTripsEach = 3;
    private const int RedisCommandsEach = 11;

    // The client looks after its connections, this test asks for figures, and the node looks after requests that take long.
    private const int Besides = 100;

    [Fact]
    public async Task Browsers_AllAtOnceAfterAFlush_AreRestoredAsTheirUsersWithFewQuestionsEach()
    {
        Assert.SkipUnless(RedisCommand.IsRedis, "counts the commands of redis-server");
        await using var server = await RedisServer.StartNewAsync();
        var statements = new Statements();
        await using var stage = await Stage.StartAsync(server.Keys(), services: services =>
        {
            services.ConfigureDbContext<UserDatabase>(options => options.AddInterceptors(statements));
            // It would look at the sessions of the new users at a moment of its own, in the middle of the storm on a slow machine.
            services.Remove(services.Single(service => service.ImplementationType == typeof(UserChangeFollower)));
        });
        var visitors = await LogInAsync(stage);
        await server.FlushAllAsync();
        await server.ExecuteAsync("CONFIG", "RESETSTAT");
        var before = await CountsAsync(stage);
        var others = statements.Count;

        await Parallel.ForEachAsync(visitors, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (visitor, _) =>
        {
            using var answer = await visitor.Browser.GetAsync("/page");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(visitor.User, (await EchoedRequest.OfAsync(answer)).Header("X-User-Id"));
            Assert.Single(answer.SetCookies(Stage.SessionCookie));
        });

        var calls = await server.CallsAsync();
        var after = await CountsAsync(stage);
        Assert.Equal(LookupsEach * Browsers, after.Lookups - before.Lookups);
        // EF Core would take most of the time.
        Assert.Equal(others, statements.Count);
        Assert.InRange(after.Questions - before.Questions, RoundTripsEach * Browsers, (RoundTripsEach * Browsers) + Besides);
        Assert.Equal(Browsers, calls["zadd"]);
        Assert.True(calls.Values.Sum() <= (RedisCommandsEach * Browsers) + Besides, string.Join(", ", calls));
        Assert.All(visitors, visitor => visitor.Browser.Dispose());
    }

    private static async Task<(double Lookups, double Questions)> CountsAsync(Stage stage)
    {
        var samples = (await stage.Gateway.MetricsAsync()).Samples;
        return (samples["gateway_browsers_lookups_total"], samples["gateway_store_duration_seconds_count"]);
    }

    private static async Task<List<(string User, Browser Browser)>> LogInAsync(Stage stage)
    {
        var visitors = new List<(string, Browser)>();
        for (var user = 0; user < Users; user++)
        {
            var email = $"visitor{user}@example.org";
            await stage.Gateway.AddUserAsync(email, Stage.Password, $"{user}", "Visitor", "reader", "writer");
            for (var number = 0; number < Browsers / Users; number++)
            {
                var browser = stage.Gateway.NewBrowser();
                using var answer = await browser.LoginJsonAsync(email, Stage.Password, remember: true);
                answer.EnsureSuccessStatusCode();
                visitors.Add(($"{user}", browser));
            }
        }

        return visitors;
    }

    private sealed class Statements : DbCommandInterceptor
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }
    }
}
