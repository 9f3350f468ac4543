using System.CommandLine;
using Gateway.Administration.Decisions;
using Gateway.Audit;
using Gateway.Mail;
using Gateway.Recovery;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Commands.UserCommands;

internal static class InviteUser
{
    public static Command Build(CommandContext context)
    {
        var email = UserArguments.Email();
        var id = new Option<string?>("--id") { Description = "The id that applications read; generated when absent" };
        var name = new Option<string?>("--name") { Description = "The name shown to people" };
        var roles = new Option<string[]>("--role") { Description = "A role; can be repeated" };
        var json = JsonOutput.Option();
        var command = new Command("invite", "Add a user who chooses the password themselves, by a link in a mail; for one who is there and has none, send another") { email, id, name, roles, json };
        command.SetAction((parsed, cancellationToken) => context.RunAsync(async services =>
        {
            var wanted = new NewUser(
                EmailAddress.Trim(parsed.GetRequiredValue(email)), parsed.GetValue(id), parsed.GetValue(name), parsed.GetValue(roles) ?? [], Password: null);
            services.GetRequiredService<Invitations>().ThrowIfOff();
            var (user, isNew) = await FindOrAddAsync(services, wanted, cancellationToken);
            var until = await InviteAsync(services, user, isNew, cancellationToken);
            if (parsed.GetValue(json))
                JsonOutput.Write(new { user.Id, user.Email, Added = isNew, ExpiresAt = until.UtcDateTime });
            else
                Console.WriteLine($"Invited {user.Email} with id {user.Id}; the link is good until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        }));
        return command;
    }

    private static async Task<(GatewayUser User, bool IsNew)> FindOrAddAsync(IServiceProvider services, NewUser wanted, CancellationToken cancellationToken)
    {
        if (!EmailAddress.IsValid(wanted.Email) || await services.GetRequiredService<UserManager<GatewayUser>>().FindByEmailAsync(wanted.Email) is not { } user)
            return (await services.GetRequiredService<UserDecisions>().AddAsync(Decider.Operator, wanted, cancellationToken), true);
        if (wanted is not { Id: null, Name: null, Roles.Count: 0 })
            throw new UserRefusedException($"{user.Email} is there already: --id, --name and --role are for new users");
        return (user, false);
    }

    private static async Task<DateTimeOffset> InviteAsync(IServiceProvider services, GatewayUser user, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            return await services.GetRequiredService<Invitations>()
                .InviteAsync(user, Decider.Operator.Tell(AuditActions.UserInvited, user.Id), cancellationToken);
        }
        catch (MailFailedException failure)
        {
            throw new UserRefusedException(
                $"{(isNew ? $"Added {user.Email} with id {user.Id}, but the" : "The")} mail was not sent: {failure.Message}{Environment.NewLine}"
                + $"Send it again with: users invite {user.Email}");
        }
    }
}
