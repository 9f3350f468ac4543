using System.CommandLine;
using Gateway.Administration.Figures;
using Gateway.Sessions;

namespace Gateway.Commands;

/// <summary><c>figures</c>: live sessions, and the logins of the last hour and day at all gateways.</summary>
internal static class ShowFigures
{
    public static Command Build(CommandContext context)
    {
        var json = JsonOutput.Option();
        var command = new Command("figures", "Show how many sessions are live, and how many logins and failures there were in the last hour and day") { json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var (hour, day) = await services.GetRequiredService<ActivityCount>().CountAsync(cancellationToken);
            var sessions = await CountAsync(services, cancellationToken);
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(new { At = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, Sessions = sessions, LastHour = hour, LastDay = day });
                return;
            }

            Console.WriteLine($"live sessions\t{Told(sessions)}");
            Console.WriteLine("\tlast hour\tlast day");
            Console.WriteLine($"logins\t{Told(hour.Logins)}\t{Told(day.Logins)}");
            Console.WriteLine($"refused\t{Told(hour.Refused)}\t{Told(day.Refused)}");
            Console.WriteLine($"locked\t{Told(hour.Locked)}\t{Told(day.Locked)}");
            Console.WriteLine($"throttled\t{Told(hour.Throttled)}\t{Told(day.Throttled)}");
            Console.WriteLine($"restored\t{Told(hour.Restored)}\t{Told(day.Restored)}");
        }));
        return command;
    }

    private static async Task<long?> CountAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<ISessionStore>() is InProcessSessionStore)
        {
            await Console.Error.WriteLineAsync($"Without {RedisConnection.Key} the sessions live in the gateway's process, where this command can't see them.");
            return null;
        }

        var count = await services.GetRequiredService<ISessionCounter>().CountAsync(cancellationToken);
        if (count.Number is null)
        {
            await Console.Error.WriteLineAsync(count.IsForbidden
                ? "The sessions are not counted: the gateway's user in Redis has no right to SCAN."
                : "The sessions could not be counted: Redis does not answer.");
        }

        return count.Number;
    }

    private static string Told(long? count) => count is { } number ? $"{number}" : "-";
}
