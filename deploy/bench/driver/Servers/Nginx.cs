using System.Diagnostics;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>An nginx with a configuration of its own, in the foreground.</summary>
internal static class Nginx
{
    public static async Task<Child> StartAsync(string folder, string name, int port, string workers, string servers)
    {
        var file = Path.Combine(folder, $"{name}.conf");
        await File.WriteAllTextAsync(file, $$"""
            daemon off;
            # Started by anybody else it stays who it is; by root it would become nobody, who can't read here.
            user root;
            pid {{folder}}/{{name}}.pid;
            error_log stderr;
            worker_processes {{workers}};
            events { worker_connections 4096; }
            http {
              access_log off;
              default_type text/plain;
              keepalive_requests 1000000000;
              client_body_temp_path {{folder}}/{{name}}-body;
              proxy_temp_path {{folder}}/{{name}}-proxy;
            {{servers}}
            }
            """);
        var info = new ProcessStartInfo(Executable.Require("nginx"), ["-c", file, "-p", folder]);
        var process = Child.Start(info, Path.Combine(folder, $"{name}.log"));
        await Listening.WaitAsync(process, port, folder, name);
        return process;
    }
}
