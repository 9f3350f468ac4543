using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>What all of them stand before: an nginx that answers 1 KiB, and says in a header which user it was told of.</summary>
internal sealed class Site(string folder) : IAsyncDisposable
{
    public const string SeenUser = "X-Seen-User";

    private Child? process;

    public int Port { get; } = LoopbackPort.Next();

    public string Address => $"http://127.0.0.1:{Port}/";

    public async Task StartAsync()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var server = $$"""
            server {
              listen 127.0.0.1:{{port}} backlog=1024;
              add_header {{SeenUser}} $http_x_user_id;
              location / { return 200 "{{new string('x', 1024)}}"; }
            }
            """;
        process = await Nginx.StartAsync(folder, "site", Port, workers: "1", server);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }
}
