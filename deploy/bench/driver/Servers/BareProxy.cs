using Faults.Servers;

namespace Bench.Servers;

/// <summary>YARP with stock settings and without authentication.</summary>
internal sealed class BareProxy(string program, Stage stage, string name = "bare") : Contender(name, stage)
{
    protected override Task<Child> LaunchAsync()
    {
        var info = Dotnet(program, RoutesArguments);
        StockProxy.Configure(info, Routes);
        return Task.FromResult(Launch(info));
    }
}
