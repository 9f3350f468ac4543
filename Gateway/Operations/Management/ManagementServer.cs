namespace Gateway.Operations.Management;

/// <summary>A web server that knows nothing of the gateway but the delegate it is given.</summary>
internal static class ManagementServer
{
    private const string Certificates = "Kestrel:Certificates";

    public static WebApplication Build(string url, RequestDelegate answer, IConfiguration configuration, IHostEnvironment environment)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = environment.ContentRootPath });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // For https, the certificate of the public listener; of its addresses and limits, nothing.
            kestrel.Configure(CertificatesOf(configuration));
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        var app = builder.Build();
        app.Run(answer);
        return app;
    }

    private static IConfiguration CertificatesOf(IConfiguration configuration)
    {
        var values = configuration.GetSection(Certificates).AsEnumerable(makePathsRelative: true)
            .Select(entry => KeyValuePair.Create($"Certificates:{entry.Key}", entry.Value));
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    // A signal to end is the gateway's to hear: this server goes on until the gateway has answered its last request.
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
