using FsCheck.Fluent;
using Gateway.Forwarding;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Gateway.Tests.Fuzzing;

/// <summary>What passes between a browser and an application, whatever they write.</summary>
public sealed class CookieTests
{
    private static readonly string[] Own = ["gateway.sid", "gateway.auth", "__Host-gateway.sid", "__Host-gateway.auth"];
    private static readonly string[] Words =
    [
        "gateway.sid", "gateway.auth", "__Host-gateway.sid", "GATEWAY.SID", "gateway%2Esid", "gateway_sid", "gateway.sidx", "a", "b=1", "=", "=", ";", "; ", ",",
    ];

    private readonly GatewayCookieFilter filter = new([new GatewayCookie("gateway.sid"), new GatewayCookie("__Host-gateway.auth")]);

    [Fact]
    public void CookieHeader_Whatever_LosesTheGatewaysAndNothingElse() => Fuzz.Holds(
        Gen.OneOf(Texts.Of(Words), Texts.Bytes).ArrayOf().Resize(20),
        lines =>
        {
            var passed = filter.Request(new StringValues(lines));

            var expected = lines.SelectMany(Pairs).Where(pair => !IsOwn(pair)).ToList();
            var actual = passed.SelectMany(line => Pairs(line!)).ToList();
            // A line of which nothing is left goes; empty pairs at its end carry nothing.
            Assert.Equal(expected.Where(pair => pair.Trim().Length > 0), actual.Where(pair => pair.Trim().Length > 0));
            Assert.DoesNotContain(actual, IsOwn);
        });

    [Fact]
    public void CookieHeader_WithoutTheGateways_IsTheSameBytes() => Fuzz.Holds(
        Texts.Of("a", "b=1", "=", ";", "; ", ",", "gateway", ".sid").Where(line => line.Length > 0 && !Own.Any(name => line.Contains(name, StringComparison.OrdinalIgnoreCase))),
        line => Assert.Equal(line, Assert.Single(filter.Request(line))));

    [Fact]
    public void CookieHeader_AsTheFrameworkReadsIt_HasNoneOfTheGateways() => Fuzz.Holds(
        Texts.Of(Words),
        line =>
        {
            var passed = filter.Request(line);

            if (CookieHeaderValue.TryParseList([.. passed.OfType<string>()], out var cookies))
                Assert.DoesNotContain(cookies, cookie => Own.Contains(cookie.Name.ToString(), StringComparer.OrdinalIgnoreCase));
        });

    // As browsers read it (RFC 6265bis section 5.6).
    [Fact]
    public void SetCookie_ThatABrowserTakesForTheGateways_IsKnownForIt() => Fuzz.Holds(
        Texts.Of([.. Words, "; path=/", "; Max-Age=0"]),
        line =>
        {
            var pair = line.Split(';')[0];
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? ("", pair.Trim(' ', '\t')) : (pair[..equals].Trim(' ', '\t'), pair[(equals + 1)..].Trim(' ', '\t'));
            // One without a name is sent back as its value alone.
            var sentBack = name.Length == 0 ? value.Split('=')[0].Trim(' ', '\t') : name;

            if (Own.Contains(sentBack, StringComparer.OrdinalIgnoreCase))
                Assert.True(filter.IsOurs(line));
        });

    // The first pair of a line may have lost the blanks before it.
    private static IEnumerable<string> Pairs(string line) => line.Split(';').Select(pair => pair.TrimStart(' '));

    private static bool IsOwn(string pair) => Own.Contains(pair.Split('=')[0].Trim(), StringComparer.OrdinalIgnoreCase);
}
