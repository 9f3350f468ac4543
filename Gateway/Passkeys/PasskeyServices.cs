using Gateway.Account;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.RememberMe;
using Gateway.SecondFactor;
using Gateway.Sessions;
using Gateway.StepUp;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Passkeys;

internal static class PasskeyServices
{
    // To change what an account is protected by (OWASP ASVS 5.0, 7.5.1).
    private static readonly RouteDemands ByTheOwner = new() { Within = TimeSpan.FromMinutes(10) };

    public static void AddPasskeys(this WebApplicationBuilder builder)
    {
        builder.AddSettings<PasskeySettings>(PasskeySettings.Section);
        if (builder.Configuration.GetValue($"{PasskeySettings.Section}:{nameof(PasskeySettings.Enabled)}", defaultValue: true))
            builder.Services.AddSingleton(new AccountSection("/account/passkeys", "passkey.title"));
        builder.Services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>>(services => new ConfigureOptions<IdentityPasskeyOptions>(options =>
        {
            // With it a passkey is two factors: the device, and what unlocks it.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            var settings = services.GetRequiredService<PasskeySettings>();
            options.ServerDomain = string.IsNullOrEmpty(settings.RelyingPartyId) ? null : settings.RelyingPartyId;
            options.ValidateOrigin = context => PasskeyOrigin.IsOursAsync(context, settings);
        }));
        builder.Services.AddScoped<IPasskeyHandler<GatewayUser>, PasskeyHandler<GatewayUser>>();
        builder.Services.AddSingleton<PasskeyChallenge>();
        builder.Services.AddSingleton<PasskeyScript>();
        builder.Services.AddScoped<PasskeyCeremony>();
        builder.Services.AddScoped<UserPasskeys>();
        builder.Services.AddSingleton<PasskeyLoginEndpoints>();
        builder.Services.AddSingleton<PasskeyAccountEndpoints>();
    }

    public static void MapPasskeys(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<PasskeySettings>().Enabled)
            return;
        var login = app.Services.GetRequiredService<PasskeyLoginEndpoints>();
        var account = app.Services.GetRequiredService<PasskeyAccountEndpoints>();
        var own = app.MapOwn();
        own.MapGet(PasskeyScript.Path, app.Services.GetRequiredService<PasskeyScript>().Get).WithMetadata(new NeedsNoIdentity(), new LeavesIdleTimer());
        own.MapPost("/login/passkey", login.LogInAsync).WithMetadata(new NeedsNoIdentity());
        own.MapPost("/login/factor/passkey", login.GoOnAsync).WithMetadata(new NeedsNoIdentity());
        own.MapPost("/reauthenticate/passkey", login.ProveAgainAsync).WithMetadata(new RouteDemands());
        var passkeys = app.MapForVisitor("/account/passkeys");
        passkeys.MapGet("", PasskeyAccountEndpoints.ShowAsync).AfterOwnFactor(paths => paths.Passkeys).WithMetadata(ByTheOwner);
        passkeys.MapPost("", account.AddAsync).AfterOwnFactor(paths => paths.Passkeys).WithMetadata(ByTheOwner);
        passkeys.MapPost("/code", PasskeyAccountEndpoints.ProveAsync).WithMetadata(ByTheOwner);
        passkeys.MapReturn("/code");
        passkeys.MapPost("/remove", account.RemoveAsync).AfterOwnFactor(paths => paths.Passkeys).WithMetadata(ByTheOwner);
        passkeys.MapReturn("/remove");
    }
}
