using Gateway.Audit;
using Gateway.Tests.Hosting;
using Gateway.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Audit;

[UsersOn(UserDatabaseProvider.PostgreSql)]
public sealed class PostgreSqlAuditTests
{
    [Fact]
    public async Task Trail_OnPostgreSql_HasVisitorsAndOperatorsInTheOrderOfTheirNumbers()
    {
        await using var stage = await Stage.StartAsync(keys: null);
        using var browser = await stage.LogInAsync(remember: true);
        foreach (var typed in (string[])["nobody@example.org", Stage.Email, "\0"])
        {
            using var refused = await browser.LoginJsonAsync(typed, "a wrong pass phrase");
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => ChangeAsync(stage.Gateway, number)));

        await Eventually.TrueAsync(async () => (await stage.Gateway.AuditAsync()).Count == 12);
        var events = await stage.Gateway.AuditAsync();
        Assert.Equal(8, events.Count(what => what.Action == "test.changed"));
        Assert.Equal("user:42", Assert.Single(events, what => what.Action == AuditActions.LoginSucceeded).Subject);
        Assert.Equal(["account", "user", "account"], events.Where(what => what.Action == AuditActions.LoginRefused).Select(what => what.Subject!.Split(':')[0]));
    }

    private static async Task ChangeAsync(TestGateway gateway, int number)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuditedChange>().MakeAsync(
            () => Task.FromResult(new AuditEvent { Action = "test.changed", Detail = AuditDetail.Of(("number", number)) }),
            TestContext.Current.CancellationToken);
    }
}
