using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Tests.Hosting;
using Gateway.Tests.Packages;

namespace Gateway.Tests.Nodes;

/// <summary>A real nginx with the configuration that deploy/nginx.conf suggests, without its TLS, before some gateways.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly ChildProcess process;

    private NginxFront(int port, IEnumerable<Uri> gateways)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        File.WriteAllText(folder.File("nginx.conf"), $$"""
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            worker_processes 1;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            {{Suggested(port, gateways)}}
            }
            """);
        process = ChildProcess.Start(new ProcessStartInfo(Nginx(), ["-p", folder.Path, "-c", "nginx.conf", "-e", "stderr"]));
    }

    public Uri Address { get; }

    public string Log => process.Error;

    public static async Task<NginxFront> StartAsync(IEnumerable<Uri> gateways)
    {
        var front = new NginxFront(LoopbackPort.Next(), gateways);
        await Eventually.TrueAsync(async () => front.process.HasExited || await LoopbackPort.IsListeningAsync(front.Address.Port, TestContext.Current.CancellationToken));
        if (!front.process.HasExited)
            return front;
        var error = front.Log;
        await front.DisposeAsync();
        throw new InvalidOperationException($"nginx did not start: {error}");
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }

    // One line for each gateway as its comment says, one listener on the loopback address, no certificate.
    private static string Suggested(int port, IEnumerable<Uri> gateways)
    {
        var text = File.ReadAllText(Repository.PathTo("deploy", "nginx.conf"));
        var several = Replace(text, @"# server 127\.0\.0\.1:5000(?<options> .*;)\n", string.Concat(gateways.Select(gateway => $"server {gateway.Authority}${{options}}\n")));
        var alone = Replace(several, @"^  server 127\.0\.0\.1:5000;\n", "");
        var encrypted = Replace(alone, @"server \{\n  listen 80;[^}]*\n\}\n", "");
        var open = Replace(encrypted, @"^  (ssl_.*|listen \[::\]:443 .*|server_name .*)\n", "");
        return Replace(open, "listen 443 ssl http2;", $"listen 127.0.0.1:{port};");
    }

    private static string Replace(string text, string pattern, string with)
    {
        var rule = new Regex(pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return rule.IsMatch(text) ? rule.Replace(text, with) : throw new InvalidOperationException($"deploy/nginx.conf has no {pattern}");
    }

    // Debian keeps it out of everybody's PATH.
    private static string Nginx() => Executable.Find("nginx") ?? "/usr/sbin/nginx";
}
