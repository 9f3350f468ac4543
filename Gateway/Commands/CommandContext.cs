using Gateway.Administration.Decisions;
using Gateway.Operations;
using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Commands;

/// <summary>What a command works with; there once the gateway's services are built.</summary>
internal sealed class CommandContext
{
    public IServiceProvider? Services { get; set; }

    /// <summary>Runs a command in a scope of its own: 0 when it was done, 1 when it was refused.</summary>
    public async Task<int> RunAsync(Func<IServiceProvider, Task> command)
    {
        await using var scope = Services!.CreateAsyncScope();
        try
        {
            await command(scope.ServiceProvider);
            if (scope.ServiceProvider.GetRequiredService<DecisionEffect>().IsDelayed)
                await Console.Error.WriteLineAsync("Redis can't be reached from here: the gateways apply this as soon as they can.");
            return 0;
        }
        catch (UserRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        catch (StoreUnavailableException exception)
        {
            await Console.Error.WriteLineAsync($"{RedisConnection.Key}: {exception.Reason}");
            return 1;
        }
        catch (Exception exception) when (StartupFailure.TryExplain(exception, out var message))
        {
            await Console.Error.WriteLineAsync(message);
            return 1;
        }
    }
}
