using AngleSharp.Dom;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Login;
using Gateway.Pages;

namespace Gateway.Tests.Fuzzing;

public sealed class ReturnAddressTests
{
    private static readonly GatewayPaths Paths = new();
    private static readonly Uri Here = new("https://here.example:8443/");

    private static readonly Gen<string> Addresses = Gen.OneOf(
        Texts.Of("/", "/", "\\", ".", "..", "//", "evil.example", "https:", "http://", "@", ":", "?", "#", "_gateway/login", "javascript:", "%2f", "%5c", "a"),
        Texts.Of("/", "\\", "a", "?").Select(address => "/" + address),
        Texts.Anything);

    [Fact]
    public void Address_Whatever_IsAPathOfThisOriginInPlainAscii() => Fuzz.Holds(Addresses, address =>
    {
        var safe = ReturnAddress.Sanitize(address, Paths);

        Assert.True(safe is ['/', ..] && safe.All(character => character is > ' ' and <= '~'), safe);
        Assert.False(safe is ['/', '/' or '\\', ..], safe);
        Assert.Equal(Here.Authority, new Uri(Here, safe).Authority);
        Assert.Equal(new Url(Here.AbsoluteUri).Origin, new Url(new Url(Here.AbsoluteUri), safe).Origin);
    });

    [Fact]
    public void Address_MadeSafe_StaysAsItIs() => Fuzz.Holds(Addresses, address =>
    {
        var safe = ReturnAddress.Sanitize(address, Paths);

        Assert.Equal(safe, ReturnAddress.Sanitize(safe, Paths));
    });

    [Fact]
    public void Address_OfThisOriginInAscii_ComesBackByteForByteFromTheLoginAddress() => Fuzz.Holds(
        Gen.Choose('!', '~').Where(code => code != '\\').Select(code => (char)code).ArrayOf().Select(characters => "/a" + new string(characters)),
        address =>
        {
            var login = ReturnAddress.ToLogin(Paths, address);

            Assert.Equal(address, ReturnAddress.Sanitize(Uri.UnescapeDataString(login.Split("returnUrl=")[1]), Paths));
        });
}
