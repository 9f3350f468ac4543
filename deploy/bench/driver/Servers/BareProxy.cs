using Faults.Servers;

namespace Bench.Servers;

/// <summary>YARP with stock settings and without authentication.</summary>
internal sealed class BareProxy(string program, Stage stage) : Contender("bare", stage)
{
    protected override Task<Child> LaunchAsync()
    {
        var info = Dotnet(program);
        StockProxy.Configure(info);
        return Task.FromResult(Launch(info));
    }
}
