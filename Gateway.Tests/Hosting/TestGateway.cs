using Gateway.Operations.Management;
using Gateway.Sessions;
using Gateway.Users;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosting;

/// <summary>The gateway within the test process, on a real listener.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly Factory factory;
    private readonly TimeProvider clock;

    private TestGateway(GatewaySettings settings, TempFolder folder, TimeProvider? clock, Action<IServiceCollection>? services)
    {
        (Settings, this.folder) = (settings, folder);
        this.clock = clock ?? TimeProvider.System;
        factory = new Factory(this, services);
        if (Settings.AppSettings is { } json)
            WriteAppSettings(json);
    }

    /// <summary>All settings in force; a second node started with them shares the database and Redis.</summary>
    public GatewaySettings Settings { get; }

    public CapturedLogs Logs { get; } = new();

    public IServiceProvider Services => factory.Services;

    public Uri BaseAddress => new(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public Uri ManagementAddress => Services.GetRequiredService<ManagementAddress>().Url!;

    public static async Task<TestGateway> StartAsync(
        GatewaySettings settings, TimeProvider? clock = null, Action<IServiceCollection>? services = null)
    {
        var own = new TempFolder();
        var gateway = new TestGateway(await settings.Copy().DefaultsInAsync(own), own, clock, services);
        try
        {
            await Task.Run(gateway.factory.StartServer, TestContext.Current.CancellationToken);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public Browser NewBrowser() => new(BaseAddress, clock);

    /// <summary>Replaces appsettings.json at once, as an editor that saves by renaming does.</summary>
    public void WriteAppSettings(string json)
    {
        var draft = folder.File("appsettings.draft");
        File.WriteAllText(draft, json);
        File.Move(draft, folder.File("appsettings.json"), overwrite: true);
    }

    public void DeleteAppSettings() => File.Delete(folder.File("appsettings.json"));

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        ClearPool();
        folder.Dispose();
    }

    // As old as the process otherwise, and its timer keeps the gateway that made it.
    private void ClearPool()
    {
        using var connection = UserConnection.Source(new ConfigurationBuilder().AddInMemoryCollection(Settings.Values!).Build(), folder.Path)();
        if (connection is SqliteConnection sqlite)
            SqliteConnection.ClearPool(sqlite);
    }

    private sealed class Factory : WebApplicationFactory<Program>
    {
        private readonly TestGateway gateway;
        private readonly Action<IServiceCollection>? services;

        public Factory(TestGateway gateway, Action<IServiceCollection>? services)
        {
            (this.gateway, this.services) = (gateway, services);
            UseKestrel();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(Environments.Production)
                .UseContentRoot(gateway.folder.Path)
                .UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0")
                .UseSetting("Logging:Console:LogLevel:Default", "None")
                // Each watched file costs one of the few inotify instances a user may have.
                .UseSetting("hostBuilder:reloadConfigOnChange", gateway.Settings.AppSettings is null ? "false" : "true")
                .ConfigureLogging(logging => logging.AddProvider(gateway.Logs))
                .ConfigureTestServices(Replace);
            foreach (var (key, value) in gateway.Settings.Values)
                builder.UseSetting(key, value);
        }

        private void Replace(IServiceCollection collection)
        {
            collection.Replace(ServiceDescriptor.Singleton(gateway.clock));
            // A test that leaves a stream open does not wait for it.
            collection.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
            if (gateway.Settings.Values.GetValueOrDefault(RedisConnection.Key) is { } redis && SharedRedis.Is(redis))
                collection.ConnectPatiently(redis);
            services?.Invoke(collection);
        }
    }
}
