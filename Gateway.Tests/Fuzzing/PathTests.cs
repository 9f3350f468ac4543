using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Fuzzing;

public sealed class PathTests
{
    private static readonly Gen<string> Targets = Gen.OneOf(
        Texts.Of("/", "/", "a", "admin", ".", "..", "%2e", "%2E", "%252e", "%2f", "%25", "%5c", "\\", ";x", "//", "?", "#", "%c0%ae", "%u002e", "http://host"),
        Texts.Of("/", "a", ".", "%2e", "%2f", "%25", "%").Select(path => "/" + path),
        Texts.Bytes);

    [Fact]
    public void Target_ThatPasses_HasNoReadingThatClimbs() => Fuzz.Holds(Targets, raw =>
    {
        var target = Target(raw);
        if (PathReading.Fault(target) is not null)
            return;

        foreach (var reading in EagerReadings(target.Path))
            Assert.DoesNotContain(reading.Split('/', '\\').Select(segment => segment.Split(';')[0]), segment => segment is "." or "..");
    });

    [Fact]
    public void Target_Whatever_HasItsOwnSpellingAmongItsReadings() => Fuzz.Holds(Targets, raw =>
    {
        var target = Target(raw);

        Assert.Contains(target.Path, PathReading.Readings(target.Path) ?? new HashSet<string>([target.Path], StringComparer.Ordinal));
        Assert.Equal(target.Path + target.Query, target.ToString());
    });

    [Fact]
    public void Path_ThatNoTransformTouches_IsSpelledAsSent() => Fuzz.Holds(Targets.Where(raw => raw.StartsWith('/')), raw =>
    {
        var path = Target(raw).Path;
        var decoded = new PathString("/" + Uri.UnescapeDataString(path).TrimStart('/'));

        Assert.Equal(path, ForwardedPath.Spell(path, decoded, decoded));
        // With a prefix before it, each segment keeps its spelling where the decoded path has as many.
        var prefixed = ForwardedPath.Spell(path, decoded, new PathString("/prefix" + decoded.Value));
        if (decoded.Value!.Split('/').Length == path.Split('/').Length)
            Assert.Equal("/prefix" + path, prefixed);
    });

    [Fact]
    public void Query_ThatNoTransformTouches_IsSpelledAsSent() => Fuzz.Holds(Texts.Of("a", "b", "=", "&", "&", "%20", "+", "%zz", "[]").Where(query => query.Length > 0), text =>
    {
        var context = new DefaultHttpContext { Request = { QueryString = new QueryString("?" + text) } };
        var received = context.Request.Query;

        var spelled = ForwardedQuery.Spell("?" + text, received, received.ToDictionary(StringComparer.OrdinalIgnoreCase));

        var kept = string.Join('&', text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(kept.Length == 0 ? "" : "?" + kept, spelled);
    });

    // By another decoder than the gateway's own.
    private static IEnumerable<string> EagerReadings(string path)
    {
        for (var decodings = 0; decodings < 3; decodings++)
        {
            yield return path;
            path = Encoding.Latin1.GetString(System.Net.WebUtility.UrlDecodeToBytes(Encoding.Latin1.GetBytes(path), 0, path.Length)!);
        }
    }

    private static RequestTarget Target(string raw)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = raw;
        return RequestTarget.Of(context);
    }
}
