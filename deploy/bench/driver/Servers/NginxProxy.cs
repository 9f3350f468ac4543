using System.Globalization;
using Faults.Servers;

namespace Bench.Servers;

/// <summary>nginx as a proxy without authentication: what is still to be had.</summary>
internal sealed class NginxProxy(Stage stage) : Contender("nginx", stage)
{
    protected override Task<Child> LaunchAsync() => Nginx.StartAsync(Folder, Name, Port, workers: "auto", string.Create(CultureInfo.InvariantCulture, $$"""
        upstream site { server 127.0.0.1:{{Stage.Site.Port}}; keepalive 128; keepalive_requests 1000000000; }
        server {
          listen 127.0.0.1:{{Port}} backlog=1024;
          location / { proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection ""; }
        }
        """));
}
