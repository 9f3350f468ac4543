using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;

namespace Gateway.Tests.Forwarding;

public sealed class ReturnAddressTests(Front front)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The page keeps the address in a hidden field, made harmless by the same function as the redirect.
    [Fact]
    [Requirement("R01")]
    public async Task LoginPage_AskedToLeadAway_LeadsToThisOrigin()
    {
        using var browser = new Browser(front.Address);
        var count = 0;
        foreach (var payload in RedirectPayloads.All())
        {
            using var page = await browser.GetAsync($"/_gateway/login?returnUrl={Uri.EscapeDataString(payload)}");
            var html = await page.Content.ReadAsStringAsync(Cancel);
            using var document = new HtmlParser().ParseDocument(html);
            var field = document.QuerySelector("input[name=returnUrl]") as IHtmlInputElement;
            AssertStaysHere(field?.Value, payload);
            count++;
        }

        Assert.InRange(count, 600, 5000);
    }

    [Fact]
    [Requirement("R01", "R03")]
    public async Task Login_AskedToLeadAway_RedirectsToThisOrigin()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase");
        using var browser = gateway.NewBrowser();
        var payloads = RedirectPayloads.All().ToList();

        // Each login costs a password hash, so only some; the same ones each time.
        foreach (var payload in payloads.Where((_, index) => index % 199 == 0))
        {
            using var byForm = await browser.LoginAsync("ann@example.org", "a long pass phrase", returnUrl: payload);
            using var byJson = await browser.LoginJsonAsync("ann@example.org", "a long pass phrase", returnUrl: payload);

            Assert.Equal(HttpStatusCode.SeeOther, byForm.StatusCode);
            AssertStaysHere(byForm.Headers.Location?.OriginalString, payload);
            var answer = await byJson.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            AssertStaysHere(answer.GetProperty("returnUrl").GetString(), payload);
        }
    }

    [Theory]
    [Requirement("R02")]
    [InlineData("/a%2Fb/%41+c?q=%2F+%zz&[]=%20&x=%C3%A9")]
    [InlineData("/x;y=1//z?next=https://example.org/&back=//a\\b")]
    [InlineData("/%E9/100%?a=\"<>|^`{}'")]
    [InlineData("/wiki/index.php?title=A&action=edit&x=%0d%0a")]
    public async Task Visitor_WhoHadToLogIn_ComesBackToTheExactAddress(string address)
    {
        await using var application = RawDestination.Start(Exchange.Answer);
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings().WithRoute("site", "/{**rest}", application.Address));
        await gateway.AddUserAsync("ann@example.org", "a long pass phrase");
        using var browser = gateway.NewBrowser();

        var sent = await RawHttp.ExchangeAsync(gateway.BaseAddress, $"GET {address} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n");
        var login = Assert.Single(sent.Values("Location"));
        using var back = await browser.LoginAsync("ann@example.org", "a long pass phrase", returnUrl: Uri.UnescapeDataString(login.Split("returnUrl=")[1]));

        Assert.Equal([address], back.Headers.NonValidated["Location"]);
    }

    private void AssertStaysHere(string? location, string payload)
    {
        Assert.True(location is ['/', ..] && location.All(character => character is > ' ' and <= '~'), $"{payload} became {location}");
        // By the WHATWG's rules, by .NET's, and by those of a browser that takes every slash-like character for a slash.
        var here = new Url(front.Address.AbsoluteUri);
        Assert.Equal(here.Origin, new Url(here, location).Origin);
        Assert.Equal(front.Address.Authority, new Uri(front.Address, location).Authority);
        Assert.DoesNotMatch(@"^[/\\]{2}", location);
    }
}
