using System.Text;

namespace Gateway.Users.Passwords;

internal static class PasswordLength
{
    /// <summary>In Unicode code points, as visitors count and NIST SP 800-63B-4 section 3.1.1.2 says: an emoji is one, and not two.</summary>
    public static int Of(string password)
    {
        var count = 0;
        foreach (Rune _ in password.EnumerateRunes())
            count++;
        return count;
    }
}
