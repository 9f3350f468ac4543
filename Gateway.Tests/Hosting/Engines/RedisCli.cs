using System.Diagnostics;

namespace Gateway.Tests.Hosting.Engines;

/// <summary>What an operator types.</summary>
internal static class RedisCli
{
    public static async Task<string> RunAsync(params string[] arguments)
    {
        await using var command = ChildProcess.Start(new ProcessStartInfo(Executable.Require("redis-cli"), arguments));
        return await command.ExitAsync() == 0
            ? command.Output
            : throw new InvalidOperationException($"redis-cli {string.Join(' ', arguments)}: {command.Output}{command.Error}");
    }

    public static Task<string> AskAsync(RedisServer server, params string[] arguments) =>
        RunAsync(["-h", "127.0.0.1", "-p", $"{server.Port}", .. arguments]);
}
