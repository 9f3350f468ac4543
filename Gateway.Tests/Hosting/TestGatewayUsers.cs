namespace Gateway.Tests.Hosting;

/// <summary>Users of a gateway under test.</summary>
internal static class TestGatewayUsers
{
    /// <summary>Adds a user as an operator does, by the command line.</summary>
    public static async Task AddUserAsync(
        this TestGateway gateway, string email, string password, string? id = null, string? name = null, params string[] roles)
    {
        string[] arguments =
        [
            "users", "add", email, "--password-stdin",
            .. id is null ? [] : new[] { "--id", id },
            .. name is null ? [] : new[] { "--name", name },
            .. roles.SelectMany(role => new[] { "--role", role }),
        ];
        var result = await GatewayProcess.RunAsync(gateway.Settings, password, arguments);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"users add {email} ended with {result.ExitCode}: {result.Error}{result.Out}");
    }
}
