using System.Text;

namespace Gateway.Users.LegacyHashes;

/// <summary>A password hash that another system made: well-formed, and within the limits of what a login may cost.</summary>
/// <param name="format">The name that an import counts it by.</param>
/// <param name="text">What the user database keeps; it says by itself how it is to be read.</param>
/// <param name="work">Its work factor: hashes of one format with the same one take the same time.</param>
internal abstract class LegacyHash(string format, string text, long work)
{
    public string Format => format;

    public string Text => text;

    public long Work => work;

    /// <summary>Why it can't be checked on this machine, or nothing.</summary>
    public virtual string? Hindrance => null;

    /// <summary>In bytes of UTF-8.</summary>
    protected virtual int LongestPassword => int.MaxValue;

    /// <summary>Takes as long as it takes, up to seconds: for the threads of the hashing gate alone.</summary>
    public bool Matches(string password)
    {
        // A NUL ends a password of crypt(3), and is nothing at the end of one of PBKDF2. What can't fit takes as long as what could.
        var isPossible = !password.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(password) <= LongestPassword;
        return Fits(isPossible ? password : "") && isPossible;
    }

    protected abstract bool Fits(string password);
}

/// <summary>A text is no password hash, or none that may be checked; the message says why, without the text.</summary>
internal sealed class MalformedHashException(string reason) : Exception(reason);
