using Gateway.Users;
using Gateway.Users.Transfer;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Hosting;

/// <summary>Users of a gateway under test.</summary>
internal static class TestGatewayUsers
{
    public static async Task AddUserAsync(
        this TestGateway gateway, string email, string password, string? id = null, string? name = null, params string[] roles)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserAccounts>();
        await accounts.AddAsync(new NewUser(email, id, name, roles, password), TestContext.Current.CancellationToken);
    }

    /// <summary>Brings users in as <c>users import</c> does.</summary>
    public static async Task<ImportOutcome> ImportAsync(this TestGateway gateway, params UserRecord[] users)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        var outcome = await ActivatorUtilities.CreateInstance<UserImport>(scope.ServiceProvider).RunAsync(
            [.. users.Select((user, index) => new UserLine(index + 1, user))],
            new ImportOptions(DryRun: false, Passwords: false),
            _ => { },
            TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Faults);
        return outcome;
    }

    /// <summary>Does to a user of the gateway what an operator would do.</summary>
    public static async Task ChangeUserAsync(this TestGateway gateway, string email, Func<UserAccounts, GatewayUser, Task> change)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserAccounts>();
        await change(accounts, await accounts.FindAsync(email));
    }

    /// <summary>What an operator types, without the second that a process takes to start.</summary>
    public static Task<CommandResult> RunCommandAsync(this TestGateway gateway, params string[] words) => CommandConsole.RunAsync(gateway.Services, words);

    /// <summary>Looks into the user database of a gateway.</summary>
    public static async Task<T> InDatabaseAsync<T>(this TestGateway gateway, Func<UserDatabase, Task<T>> work)
    {
        await using var scope = gateway.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<UserDatabase>());
    }
}
