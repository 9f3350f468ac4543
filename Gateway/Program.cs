using Gateway.Forwarding;
using Gateway.KeyRing;
using Gateway.Login;
using Gateway.Operations;
using Gateway.Operations.Management;
using Gateway.RememberMe;
using Gateway.Sessions;
using Gateway.Users;

var builder = WebApplication.CreateBuilder(ConfigurationFile.Options(args));
builder.AddConfigurationFile();
builder.AddServer();
builder.AddManagement();
builder.AddSettings<ProxySettings>("Gateway");
builder.AddUsers();
builder.AddKeyRing();
builder.AddSessions();
builder.AddRememberMe();
builder.AddLogin();
builder.AddForwarding();

var app = builder.Build();
app.LogRefusedReloads();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<UserDatabaseSetup>().RunAsync(default);
    await scope.ServiceProvider.EnsureKeyRingAsync(default);
}

app.UseTrustedProxies();
app.UseMiddleware<ErrorMiddleware>();
app.UseIdentityStripping();
app.UseRouting();
app.UsePathCheck();
app.UseAuthentication();
app.UseRememberMe();
app.UseAuthorization();
app.MapLogin();
app.MapReverseProxy();
try
{
    await app.RunAsync();
    return 0;
}
catch (ConfigurationException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
