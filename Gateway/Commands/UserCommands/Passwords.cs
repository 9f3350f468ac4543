using Gateway.Users.Passwords;

namespace Gateway.Commands.UserCommands;

/// <summary>Where a password comes from when an operator sets one.</summary>
internal static class Passwords
{
    /// <summary>Says what a user could not choose themselves. The operator may: they know what it is for, and for how long.</summary>
    public static async Task WarnAsync(string password, string email, string? name)
    {
        if (PasswordStrength.Of(password, email, name).IsEasilyGuessed)
            await Console.Error.WriteLineAsync("Warning: this password is easily guessed. It was taken all the same.");
    }

    /// <summary>Exactly what is piped in, but for one line end at the end.</summary>
    public static async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var text = await input.ReadToEndAsync(cancellationToken);
        if (text.EndsWith('\n'))
            text = text[..^1];
        return text.EndsWith('\r') ? text[..^1] : text;
    }
}
