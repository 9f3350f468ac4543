using Gateway.Pages.Languages;
using Gateway.Users.Passwords;

namespace Gateway.Account;

/// <summary>What a visitor has typed into <see cref="Pages.NewPasswordFields"/>; what is wrong with it is in their language.</summary>
/// <param name="Strength">From 0 to 4; absent where nothing was typed.</param>
/// <param name="Fault">Of the password itself.</param>
/// <param name="AgainFault">It was not typed twice.</param>
public sealed record ChosenPassword(string Text, int? Strength, string? Fault, string? AgainFault)
{
    public bool HasFault => Fault is not null || AgainFault is not null;

    /// <param name="own">What anybody would try first for this user.</param>
    internal static ChosenPassword Of(IFormCollection form, Texts texts, params ReadOnlySpan<string?> own)
    {
        var text = form["new"].ToString();
        return new ChosenPassword(
            text,
            text.Length == 0 ? null : PasswordStrength.Of(text, own).Level,
            PasswordRules.Fault(text, own) is { } fault ? texts[fault.Text, fault.Values] : null,
            string.Equals(form["again"], text, StringComparison.Ordinal) ? null : texts["password.differs"]);
    }
}
