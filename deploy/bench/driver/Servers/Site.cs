using System.Globalization;
using Faults.Servers;
using Gateway.Tests.Hosting;

namespace Bench.Servers;

/// <summary>
/// What all of them stand before: an nginx that answers 1 KiB, or as much as is asked for, and says in a header which user it was told of.
/// </summary>
internal sealed class Site(string folder) : IAsyncDisposable
{
    public const string SeenUser = "X-Seen-User";

    /// <summary>Of what is below /answers/.</summary>
    public static readonly int[] AnswerSizes = [0, 1024, 64 * 1024, 1024 * 1024];

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
              location /answers/ { root {{folder}}; open_file_cache max=10; sendfile on; tcp_nopush on; }
              # Answers when the whole body has come, which an nginx that answers by itself does not wait for.
              location /bodies/ {
                client_max_body_size 0;
                client_body_buffer_size 2m;
                proxy_pass http://reader;
                proxy_pass_request_body off;
                proxy_set_header Content-Length "";
                proxy_set_header Connection "";
                proxy_http_version 1.1;
              }
            }
            upstream reader { server unix:{{folder}}/reader.sock; keepalive 128; keepalive_requests 1000000000; }
            server {
              listen unix:{{folder}}/reader.sock;
              location / { return 200 "{{new string('x', 1024)}}"; }
            }
            """;
        foreach (var size in AnswerSizes)
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "answers")).FullName, $"{size}"), new string('x', size));
        process = await Nginx.StartAsync(folder, "site", Port, workers: "1", server);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }
}
