using System.CommandLine;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Commands.UserCommands;

internal static class ListUsers
{
    public static Command Build(CommandContext context)
    {
        var command = new Command("list", "List all users, one a line: e-mail, id, name, state");
        command.SetAction((_, cancellationToken) => context.RunAsync(async services =>
        {
            var users = services.GetRequiredService<UserAccounts>().All.OrderBy(user => user.NormalizedEmail).AsAsyncEnumerable();
            await foreach (var user in users.WithCancellation(cancellationToken))
                Console.WriteLine(string.Join('\t', user.Email, user.Id, user.Name ?? "-", user.Disabled ? "disabled" : "enabled"));
        }));
        return command;
    }
}
