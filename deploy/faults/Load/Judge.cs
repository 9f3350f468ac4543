using Microsoft.Net.Http.Headers;

namespace Faults.Load;

/// <summary>Holds an answer against the owner of the cookies that the request carried.</summary>
internal static class Judge
{
    private const string GatewayCookies = "gateway.";

    /// <summary>True when the application told the right user; what else was found is in the tally.</summary>
    /// <param name="mayBeLost">The session may be gone with the data of Redis, and nothing remembers it.</param>
    public static bool IsServed(Tally tally, Errand errand, Answer answer, string owner, bool mayBeLost = false)
    {
        if (answer.Status != 200)
            return false;
        var lines = answer.Body.Split('\n');
        var told = lines[0];
        // In an outage a public route is served without an identity.
        var isAnonymous = told.Length == 0 && errand.IsPublic;
        if (!string.Equals(told, owner, StringComparison.Ordinal) && !isAnonymous)
            tally.Add(Finding.WrongIdentity, $"{errand.Path}: '{told}' for the cookies of '{owner}'");
        else if (lines.Length < 3 || !string.Equals(lines[2], errand.BodyHash, StringComparison.Ordinal))
            tally.Add(Finding.Unexpected, $"{errand.Path}: another body arrived than was sent");
        else if (lines[1].Contains(GatewayCookies, StringComparison.Ordinal))
            tally.Add(Finding.Unexpected, $"{errand.Path}: the application got a cookie of the gateway");
        if (isAnonymous && owner.Length > 0 && !mayBeLost)
            tally.Bad();
        return true;
    }

    /// <summary>For an answer that is neither a page nor the question for a login.</summary>
    public static void Error(Tally tally, string what, Answer answer, bool isForApplication, bool isLogin = false)
    {
        var excused = answer.Status switch
        {
            503 => answer.HasRetryAfter && tally.Excuses.HasFlag(Excuses.Unavailable),
            502 or 504 => isForApplication && tally.Excuses.HasFlag(Excuses.Application),
            429 => answer.HasRetryAfter && isLogin && tally.Excuses.HasFlag(Excuses.Queue),
            0 => tally.Excuses.HasFlag(Excuses.Gateway) || (isForApplication && tally.Excuses.HasFlag(Excuses.Application)),
            _ => false,
        };
        tally.Add(excused ? Finding.Excused : Finding.Unexpected, $"{what}: {answer} after {answer.Elapsed.TotalSeconds:0.0} s", isBad: !excused || answer.Status != 429);
    }

    /// <summary>Whether a Set-Cookie takes one of the gateway's cookies away.</summary>
    public static bool Destroys(string setCookie, out string name)
    {
        name = "";
        if (!SetCookieHeaderValue.TryParse(setCookie, out var cookie) || !cookie.Name.StartsWith(GatewayCookies, StringComparison.Ordinal))
            return false;
        name = cookie.Name.ToString();
        return cookie.Value.Length == 0 || cookie.MaxAge <= TimeSpan.Zero || cookie.Expires <= DateTimeOffset.UtcNow;
    }
}
