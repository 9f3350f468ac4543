using Faults.Load;
using Faults.Servers;

namespace Faults.Injected;

/// <summary>What happens to the server of the user database.</summary>
internal static class PostgreSqlFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        On("postgresql-killed", server => server.CrashAsync(), server => server.StartAsync()),
        On("postgresql-frozen", server => server.SignalAsync("STOP"), ThawAsync) with { Lasts = TimeSpan.FromSeconds(10) },
        On("postgresql-locked", server => server.LockAsync(), server => server.UnlockAsync()) with { Lasts = TimeSpan.FromSeconds(10) },
    ];

    private static Fault On(string name, Func<PostgreSql, Task> begin, Func<PostgreSql, Task> end) =>
        new(name, Excuses.Unavailable, crowd => begin(crowd.Stage.PostgreSql!), crowd => end(crowd.Stage.PostgreSql!))
        {
            Needs = new StageNeeds(PostgreSql: true),
            IsCheap = false,
            FitsASoak = false,
            Obstacle = () => PostgreSql.Programs is null ? "needs PostgreSQL" : null,
        };

    private static async Task ThawAsync(PostgreSql server)
    {
        await server.SignalAsync("CONT");
        await server.AnsweringAsync();
    }
}
