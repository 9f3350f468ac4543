using System.CommandLine;

namespace Gateway.Commands.UserCommands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class UserArguments
{
    public static Argument<string> Email() => new("EMAIL") { Description = "The user's e-mail address" };

    public static Option<bool> PasswordFromInput() => new("--password-stdin")
    {
        Description = "Read the password from standard input, up to the end or the last line end",
    };
}
