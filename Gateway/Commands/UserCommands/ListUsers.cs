using System.CommandLine;
using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Commands.UserCommands;

internal static class ListUsers
{
    public static Command Build(CommandContext context)
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "List all users, one a line: e-mail, id, name, state") { json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            if (parsed.GetValue(json))
            {
                await WriteJsonAsync(services.GetRequiredService<UserDatabase>(), cancellationToken);
                return;
            }

            var users = services.GetRequiredService<UserAccounts>().All.OrderBy(user => user.NormalizedEmail).AsAsyncEnumerable();
            await foreach (var user in users.WithCancellation(cancellationToken))
                Console.WriteLine(string.Join('\t', user.Email, user.Id, user.Name ?? "-", user.Disabled ? "disabled" : "enabled"));
        }));
        return command;
    }

    private static async Task WriteJsonAsync(UserDatabase database, CancellationToken cancellationToken)
    {
        var roles = await (
            from membership in database.UserRoles
            join role in database.Roles on membership.RoleId equals role.Id
            select new { membership.UserId, role.Name }).ToListAsync(cancellationToken);
        var held = roles.ToLookup(role => role.UserId, role => role.Name!, StringComparer.Ordinal);
        await foreach (var user in database.Users.AsNoTracking().OrderBy(user => user.NormalizedEmail).AsAsyncEnumerable().WithCancellation(cancellationToken))
            JsonOutput.Write(UserShape.Of(user, [.. held[user.Id].Order(StringComparer.Ordinal)]));
    }
}
