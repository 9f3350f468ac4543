using FsCheck.Fluent;
using Gateway.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.Tests.Fuzzing;

/// <summary>The session cookie among whatever else a browser sends, as the framework would read it.</summary>
public sealed class SessionCookieTests
{
    private static readonly string[] Words =
    [
        "gateway.sid", "GATEWAY.sid", "gateway.sidx", "xgateway.sid", "=", "=", "=", ";", "; ", "; ", " ", "\t", "a", "b=1", "\"", SessionId.New().Value, SessionId.New().Value,
    ];

    [Fact]
    public void SessionId_WhichTheFrameworkWouldFind_IsFound() => Fuzz.Holds(
        Texts.Of(Words).ArrayOf().Resize(30),
        lines =>
        {
            var context = new DefaultHttpContext();
            context.Request.Headers.Cookie = new StringValues(lines);

            var found = SessionId.TryParse(CookieHeader.Find(context.Request.Headers.Cookie, "gateway.sid"), out var id);

            if (SessionId.TryParse(context.Request.Cookies["gateway.sid"], out var theirs))
                Assert.Equal(theirs.Value, found ? id.Value : null);
        });

    [Theory]
    [InlineData("gateway.sid=one", "one")]
    [InlineData("a=1; gateway.sid=one; b=2", "one")]
    [InlineData("gateway.sid=one; gateway.sid=two", "two")]
    [InlineData("a=1;gateway.sid =  one ;b", "one")]
    [InlineData("gateway.sid=a=b", "a=b")]
    [InlineData("gateway.sid=", "")]
    [InlineData("gateway.sid", null)]
    [InlineData("xgateway.sid=one; gateway.sidx=two; a=gateway.sid=three", null)]
    [InlineData("", null)]
    public void Value_IsFoundByItsWholeName(string header, string? value) => Assert.Equal(value, CookieHeader.Find(header, "gateway.sid"));

    [Fact]
    public void Value_OfSeveralLines_IsTheLast() =>
        Assert.Equal("two", CookieHeader.Find(new StringValues(["gateway.sid=one", "b=1; gateway.sid=two", "c=2"]), "gateway.sid"));
}
