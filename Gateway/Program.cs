using Gateway.Account;
using Gateway.Administration;
using Gateway.Audit;
using Gateway.Commands;
using Gateway.Commands.Demo;
using Gateway.Forwarding;
using Gateway.Forwarding.WebSockets;
using Gateway.KeyRing;
using Gateway.Login;
using Gateway.Operations;
using Gateway.Operations.Drain;
using Gateway.Operations.Management;
using Gateway.Operations.Management.Metrics;
using Gateway.Pages;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Sessions.Live;
using Gateway.Users;

var command = CommandLine.Parse(args);
if (command.NeedsNoServices)
    return await command.AnswerAsync();

try
{
    var builder = WebApplication.CreateBuilder(command.IsDemo ? DemoServices.Options(command.Configuration) : ConfigurationFile.Options(command.Configuration));
    builder.AddConfigurationFile();
    if (command.IsDemo)
        await builder.AddDemoAsync();
    if (!command.Serves)
        builder.LogToStandardError();
    builder.AddServer();
    builder.AddManagement();
    builder.AddDrain();
    builder.AddTrustedProxies();
    builder.AddUsers();
    builder.AddKeyRing();
    builder.AddAudit();
    builder.AddSessions();
    builder.AddRememberMe();
    builder.AddPages();
    builder.AddAccount();
    builder.AddLogin();
    builder.AddAdministration();
    builder.AddForwarding();
    await using var app = builder.Build();
    if (await app.Services.FindConfigurationFaultsAsync(command.NeedsRoutes) is { Count: > 0 } faults)
        return faults.Report();
    app.LogRefusedReloads();
    await app.PrepareUserDatabaseAsync();
    await app.PrepareKeyRingAsync();
    if (command.IsDemo)
        await app.PrepareDemoAsync();
    if (!command.Serves)
        return await command.RunAsync(app.Services);
    app.UseRequestMeasuring();
    app.UseDrain();
    app.UseTrustedProxies();
    app.UseErrors();
    app.UseMethodCheck();
    app.UseIdentityStripping();
    app.UseRouting();
    app.UsePathCheck();
    app.UseRequestTimeouts();
    app.UseSessions();
    app.UseRememberMe();
    app.UseRouteAuthorization();
    app.UseWebSocketClosing();
    app.UseLiveSessions();
    app.MapPages();
    app.MapLogin();
    app.MapAccount();
    app.MapAdministration();
    app.MapApplications();
    return await app.ServeAsync();
}
catch (Exception exception) when (StartupFailure.TryExplain(exception, out var message))
{
    return StartupFailure.Report(message);
}
