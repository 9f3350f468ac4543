using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Gateway.Tests.Hosting;

/// <summary>An SMTP server of a test's own, on the loopback address.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string UserName = "gateway";
    public const string Password = "smtp secret 71";

    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<TakenMail> taken = [];
    private readonly Task serving;

    private MailServer(int port, X509Certificate2? certificate, bool isTls)
    {
        Port = port;
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).IsSecure(isTls).AllowUnsecureAuthentication(false);
                if (certificate is not null)
                    endpoint.Certificate(certificate).AuthenticationRequired();
            })
            .Build();
        var services = new ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        services.Add(new Logins());
        serving = new SmtpServer.SmtpServer(options, services).StartAsync(end.Token);
    }

    public int Port { get; }

    public IReadOnlyList<TakenMail> Mails => [.. taken];

    /// <summary>How often somebody named a recipient.</summary>
    public int Attempts { get; private set; }

    /// <summary>What it says to any recipient instead of yes.</summary>
    public SmtpResponse? Refusal { get; set; }

    /// <param name="certificate">With one it asks for a login, too.</param>
    /// <param name="isTls">From the beginning, and not by STARTTLS.</param>
    public static async Task<MailServer> StartAsync(int? port = null, X509Certificate2? certificate = null, bool isTls = false)
    {
        var server = new MailServer(port ?? LoopbackPort.Next(), certificate, isTls);
        await Eventually.TrueAsync(() => LoopbackPort.IsListeningAsync(server.Port, TestContext.Current.CancellationToken));
        return server;
    }

    /// <summary>Settings of a gateway that sends by a server on this port, without encryption.</summary>
    public static GatewaySettings Configure(GatewaySettings settings, int port) => settings
        .With("Gateway:Mail:Smtp:Host", "localhost")
        .With("Gateway:Mail:Smtp:Port", $"{port}")
        .With("Gateway:Mail:Smtp:Security", "None")
        .With("Gateway:Mail:From", Mailbox.Sender)
        .With("Gateway:Mail:SiteUrl", Mailbox.Site);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            using var content = new MemoryStream(buffer.ToArray());
            var mail = await MimeMessage.LoadAsync(content, cancellationToken);
            server.taken.Enqueue(new TakenMail(
                mail, [.. transaction.To.Select(to => to.AsAddress())], context.Pipe.IsSecure, context.Authentication.User));
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        {
            server.Attempts++;
            return server.Refusal is { } refusal ? throw new SmtpResponseException(refusal) : Task.FromResult(true);
        }
    }

    private sealed class Logins : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == UserName && password == Password);
    }
}

/// <param name="Recipients">Of the envelope.</param>
/// <param name="IsEncrypted">The connection that it came by.</param>
/// <param name="User">Who had logged in there.</param>
internal sealed record TakenMail(MimeMessage Mail, IReadOnlyList<string> Recipients, bool IsEncrypted, string? User);
