using FsCheck.Fluent;
using Gateway.Forwarding;
using Gateway.KeyRing;
using Gateway.Login;
using Gateway.Mail;
using Gateway.Operations;
using Gateway.Operations.Drain;
using Gateway.Operations.Management;
using Gateway.Pages;
using Gateway.Pages.Branding;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Fuzzing;

/// <summary>Whatever an operator writes.</summary>
public sealed class ConfigurationTests
{
    private static readonly string[] Keys =
    [
        "ConnectionStrings:Users", "ConnectionStrings:Redis", "Gateway:Users:Provider", "Gateway:PathPrefix", "Gateway:TrustedProxies", "Gateway:TrustedProxies:0",
        "Gateway:Session:CookieName", "Gateway:Session:IdleTimeout", "Gateway:Session:AbsoluteTimeout", "Gateway:Session:CacheFor", "Gateway:Session:OutageGrace",
        "Gateway:Session:KeyPrefix", "Gateway:RememberMe:Enabled", "Gateway:RememberMe:CookieName", "Gateway:RememberMe:Lifetime", "Gateway:Cookies:Secure",
        "Gateway:Cookies:Domain", "Gateway:Cookies:SameSite", "Gateway:Identity:UserIdHeader", "Gateway:Identity:Headers", "Gateway:Identity:Headers:X-Mail",
        "Gateway:Login:MaxFailures", "Gateway:Login:Lockout", "Gateway:Management:Url", "Gateway:Branding:Name", "Gateway:Branding:Logo",
        "Gateway:Branding:AccentColor", "Gateway:Branding:HelpUrl", "Gateway:Branding:Language", "Gateway", "Gateway:Session", "Gateway:Unknown",
        "Gateway:Mail:From", "Gateway:Mail:SiteUrl", "Gateway:Mail:PickupFolder", "Gateway:Mail:Smtp:Host", "Gateway:Mail:Smtp:Port", "Gateway:Mail:Smtp:Security",
        "Gateway:Mail:Smtp:UserName", "Gateway:Recovery:Lifetime",
        "ReverseProxy:Routes:site:AuthorizationPolicy", "ReverseProxy:Routes:site:ClusterId", "ReverseProxy:Routes:site:Match:Path",
        "ReverseProxy:Routes:site:Match:Methods:0", "ReverseProxy:Routes:site:Order", "ReverseProxy:Routes:site:Transforms:0:PathPrefix",
        "ReverseProxy:Routes:site:Metadata:x", "ReverseProxy:Clusters:site:Destinations:one:Address", "ReverseProxy:Clusters:site:HttpRequest:ActivityTimeout",
        "ReverseProxy:Clusters:site:LoadBalancingPolicy", "ReverseProxy:Clusters:site:HttpRequest:Version",
    ];

    private static readonly string[] Words =
    [
        "0", "-1", "1", "30", "00:00:00", "00:30:00", "-00:00:01", "365.00:00:00", "10675199.02:48:05", "99999999999999999999", "NaN", "1e9", "true", "Auto", "Strict",
        "Sqlite", "PostgreSql", "Data Source=", "Host=", ";", "=", ",", ":", "a", "gateway.sid", "__Host-", "127.0.0.1", "::1", "/129", "/8", "http://", "https://x:", "/",
        "{**rest}", "{", "}", "{name}", "email", "Role:", "editor", "Anonymous", "X-User-Id", "*", ".example", "#2458b3", "#", "https://help.example", "mailto:", "zh-Hans", ".png",
    ];

    [Fact]
    public void Value_Whatever_IsUsableOrAFaultWithItsKey()
    {
        var values = Gen.OneOf(Gen.Elements(Words), Texts.Of(Words).Resize(4), Texts.Anything);
        var settings = Gen.Elements(Keys).SelectMany(key => values.Select(value => (Key: key, Value: value)));

        Fuzz.Holds(settings.NonEmptyListOf().Resize(3), written => CheckOne([.. written]), cost: 4);
    }

    private static void CheckOne((string Key, string Value)[] written)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = Path.GetTempPath() });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(written.DistinctBy(setting => setting.Key, StringComparer.Ordinal).ToDictionary(
            setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal));
        Add(builder);
        using var services = (IDisposable)builder.Build();
        var provider = ((WebApplication)services).Services;

        var faults = provider.FindConfigurationFaultsAsync(routesToo: true).GetAwaiter().GetResult();

        if (faults.Count == 0)
            AssertUsable(provider);
        Assert.All(faults, fault => Assert.Contains(written, setting => Concerns(fault, setting.Key)));
    }

    // As Program.cs does; what is refused here stops start-up there.
    private static void Add(WebApplicationBuilder builder)
    {
        builder.AddServer();
        builder.AddManagement();
        builder.AddDrain();
        builder.AddTrustedProxies();
        builder.AddUsers();
        builder.AddKeyRing();
        builder.AddSessions();
        builder.AddRememberMe();
        builder.AddPages();
        builder.AddLogin();
        builder.AddForwarding();
    }

    private static void AssertUsable(IServiceProvider provider)
    {
        Assert.NotNull(provider.GetRequiredService<IdentityHeaders>());
        Assert.NotNull(provider.GetRequiredService<GatewayCookieFilter>());
        Assert.NotNull(provider.GetRequiredService<GatewayPaths>());
        Assert.NotNull(provider.GetRequiredService<Logo>());
        Assert.NotNull(provider.GetRequiredService<StyleSheet>());
        Assert.NotNull(provider.GetRequiredService<SessionIssuer>());
        Assert.NotNull(provider.GetRequiredService<Mailer>());
        using var scope = provider.CreateScope();
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<UserDatabase>());
    }

    // The key itself, a part or a whole of it, or beside it in the same part: what is wrong may be what two keys make together.
    private static bool Concerns(ConfigurationFault fault, string key)
    {
        var section = string.Join(':', key.Split(':').Take(2));
        return fault.ToString().Contains(section, StringComparison.OrdinalIgnoreCase) || key.StartsWith(fault.Key, StringComparison.OrdinalIgnoreCase);
    }
}
