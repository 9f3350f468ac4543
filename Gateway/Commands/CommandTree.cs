using System.CommandLine;
using Gateway.Commands.AuditCommands;
using Gateway.Commands.SessionCommands;
using Gateway.Commands.UserCommands;

namespace Gateway.Commands;

/// <summary>All commands of the gateway.</summary>
internal static class CommandTree
{
    public const string Serve = "serve";
    public const string Demo = "demo";

    public static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("An authentication gateway for sites that can't be changed. Without a command it serves.")
        {
            new Command(Serve, "Serve with the configuration in appsettings.json"),
            new Command(Demo, "Serve in front of a small built-in legacy site, with a demo user"),
            Users(context),
            Sessions(context),
            ShowFigures.Build(context),
            new Command("audit", "What happened, and who did it") { ListAudit.Build(context), ExportAudit.Build(context) },
            new Command("config", "The configuration") { ConfigCheck.Build(context) },
        };
        foreach (var serving in root.Subcommands.Where(command => command.Name is Serve or Demo).Append(root))
            serving.SetAction(_ => 0);
        return root;
    }

    private static Command Users(CommandContext context) => new("users", "The users who can log in")
    {
        AddUser.Build(context),
        InviteUser.Build(context),
        ListUsers.Build(context),
        ShowUser.Build(context),
        SetPassword.Build(context),
        SetDisabled.Build(context, "disable", "Refuse a user and end all of their sessions", disabled: true),
        SetDisabled.Build(context, "enable", "Let a disabled user log in again", disabled: false),
        RemoveUser.Build(context),
        SetRoles.Build(context),
        RequireFactor.Build(context),
        ResetFactor.Build(context),
        UnlockUser.Build(context),
        ImportUsers.Build(context),
        ExportUsers.Build(context),
    };

    private static Command Sessions(CommandContext context) => new("sessions", "Live sessions and remembered browsers")
    {
        ListSessions.Build(context),
        EndSession.Build(context),
        RevokeSessions.Build(context),
    };
}
