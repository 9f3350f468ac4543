using Faults.Servers;

namespace Bench.Servers;

/// <summary>YARP with stock settings and without authentication. It says as little as the gateway: a line for each request would be its main work.</summary>
internal sealed class BareProxy(string program, Stage stage) : Contender("bare", stage)
{
    protected override Task<Child> LaunchAsync()
    {
        var info = Dotnet(program);
        info.Environment["ReverseProxy__Routes__site__ClusterId"] = "site";
        info.Environment["ReverseProxy__Routes__site__Match__Path"] = "/{**path}";
        info.Environment["Logging__LogLevel__Default"] = "Warning";
        return Task.FromResult(Launch(info));
    }
}
