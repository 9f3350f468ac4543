using System.Diagnostics;

namespace Bench.Servers;

internal static class StockProxy
{
    /// <summary>One route for everything unless there are others, and as few words as the gateway has: a line for each request would be the main work.</summary>
    public static void Configure(ProcessStartInfo info, RouteTable? routes)
    {
        info.Environment["Logging__LogLevel__Default"] = "Warning";
        if (routes is not null)
            return;
        info.Environment["ReverseProxy__Routes__site__ClusterId"] = "site";
        info.Environment["ReverseProxy__Routes__site__Match__Path"] = "/{**path}";
    }
}
