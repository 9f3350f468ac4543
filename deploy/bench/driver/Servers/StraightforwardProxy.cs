using System.Globalization;
using Faults.Servers;

namespace Bench.Servers;

/// <summary>The cookie handler with its tickets in Redis, before YARP.</summary>
internal sealed class StraightforwardProxy(string program, Stage stage) : Contender("straightforward", stage)
{
    public override string? User => "ann-of-straightforward";

    protected override Task<Child> LaunchAsync()
    {
        var info = Dotnet(program);
        StockProxy.Configure(info, Routes);
        info.Environment["ConnectionStrings__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Stage.Redis.Port}");
        return Task.FromResult(Launch(info));
    }

    protected override async Task LogInAsync() =>
        Cookies = await Login.CookiesAsync(new Uri(Url, "/login"), new { id = User, email = "ann@example.org", name = "Ann Example", role = "editor" });
}
