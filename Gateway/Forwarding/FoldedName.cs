namespace Gateway.Forwarding;

/// <summary>
/// A header name as a CGI application sees it (RFC 3875 section 4.1.18): case is lost, and every character but a letter or a digit
/// becomes the same separator. <c>X_User.Id</c> is <c>X-User-Id</c> to it (CVE-2025-64484).
/// </summary>
internal static class FoldedName
{
    public static bool Equal(string name, string other)
    {
        if (name.Length != other.Length)
            return false;
        for (var index = 0; index < name.Length; index++)
        {
            if (Fold(name[index]) != Fold(other[index]))
                return false;
        }

        return true;
    }

    private static char Fold(char character) => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_';
}
