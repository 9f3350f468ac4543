using System.CommandLine;
using Gateway.Users;

namespace Gateway.Commands.UserCommands;

internal static class ListUsers
{
    public static Command Build(CommandContext context)
    {
        var search = new Option<string?>("--search") { Description = "Only those with this text in the e-mail, the name or the id, in any case" };
        var role = new Option<string?>("--role") { Description = "Only those who have this role" };
        var json = JsonOutput.Option();
        var command = new Command("list", "List users, one a line: e-mail, id, name, state") { search, role, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var filter = new UserFilter(parsed.GetValue(search), parsed.GetValue(role));
            await foreach (var (user, roles) in services.GetRequiredService<UserSearch>().AllAsync(filter, cancellationToken))
            {
                if (parsed.GetValue(json))
                    JsonOutput.Write(UserShape.Of(user, roles));
                else
                    Console.WriteLine(string.Join('\t', user.Email, user.Id, user.Name ?? "-", user.Disabled ? "disabled" : "enabled"));
            }
        }));
        return command;
    }
}
