using Gateway.Tests.Hosting;

namespace Gateway.Tests.Passkeys;

/// <summary>The operator's domain, with several hosts below it.</summary>
public sealed class RelyingPartyTests
{
    private const string First = "a.site.localhost";
    private const string Second = "b.site.localhost";

    // As somebody else's: what its page gets from a visitor it could send here, with any headers.
    private const string Other = "c.site.localhost";

    [Fact]
    public async Task Passkey_OfTheDomain_LogsInAtEveryHostOfTheGateway_AndAtNoOther()
    {
        await using var stage = await Stage.StartAsync(keys: null, settings => settings
            .With("Gateway:Passkeys:RelyingPartyId", "site.localhost")
            .With("Gateway:Passkeys:Hosts:0", First)
            .With("Gateway:Passkeys:Hosts:1", Second));
        await using var chromium = await Chromium.StartAsync();
        var ann = await PasskeyDevice.StartAsync(chromium, stage.Gateway, First);
        await ann.EnterPasswordAsync("/page");
        await ann.UserAtAsync("/page");
        await ann.AddPasskeyAsync("Laptop");

        await ann.Page.GotoAsync(At(stage, Second));
        await ann.UsePasskeyAsync();
        Assert.Contains("\"42\"", await ann.UserAtAsync("/page"), StringComparison.Ordinal);
        Assert.Equal(Second, new Uri(ann.Page.Url).Host);

        await ann.Page.GotoAsync(At(stage, Other));
        await ann.UsePasskeyAsync();
        await ann.Page.GetByText("This passkey is not known here").WaitForAsync();
        Assert.NotEmpty(stage.Gateway.Logs.Containing("A passkey was refused"));
    }

    [Theory]
    [InlineData("site.example", "site.example.evil")]
    [InlineData("site.example", "site.example")]
    [InlineData("site.example", "203.0.113.7")]
    [InlineData(null, "a.site.example")]
    public async Task Start_WithAHostThatIsNotBelowTheDomain_IsRefused(string? domain, string host)
    {
        var start = await GatewayProcess.RunAsync(
            new GatewaySettings()
                .WithRoute("site", "/{**path}", new Uri("http://127.0.0.1:9/"))
                .With("Gateway:Passkeys:RelyingPartyId", domain)
                .With("Gateway:Passkeys:Hosts:0", host),
            null);

        Assert.Equal(1, start.ExitCode);
        Assert.Contains("Gateway:Passkeys:Hosts: ", start.Error, StringComparison.Ordinal);
    }

    private static string At(Stage stage, string host) => new UriBuilder(stage.Gateway.BaseAddress) { Host = host, Path = "/page" }.Uri.AbsoluteUri;
}
