using Gateway.Account;
using Gateway.Forwarding;
using Gateway.Operations;
using Gateway.Pages;
using Gateway.RememberMe;
using Gateway.StepUp;

namespace Gateway.SecondFactor;

internal static class SecondFactorServices
{
    // To change what an account is protected by (OWASP ASVS 5.0, 7.5.1).
    private static readonly RouteDemands ByTheOwner = new() { Within = TimeSpan.FromMinutes(10) };

    public static void AddSecondFactor(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SecondFactorSettings>(SecondFactorSettings.Section);
        builder.Services.AddSingleton(new AccountSection("/account/factor", "factor.state"));
        builder.Services.AddSingleton<FactorPolicy>();
        builder.Services.AddScoped<FactorStore>();
        builder.Services.AddScoped<FactorChanges>();
        builder.Services.AddScoped<CodeAttempt>();
        builder.Services.AddScoped<LoginFactor>();
        builder.Services.AddScoped<FactorLogin>();
        builder.Services.AddSingleton<Enrolment>();
        builder.Services.AddSingleton<PendingLoginCookie>();
        builder.Services.AddSingleton(services => new GatewayCookie(services.GetRequiredService<PendingLoginCookie>().Name));
        builder.Services.AddSingleton<LoginFactorEndpoints>();
        builder.Services.AddSingleton<LoginEnrolmentEndpoints>();
        builder.Services.AddSingleton<FactorEndpoints>();
        builder.Services.AddSingleton<FactorSetupEndpoints>();
    }

    public static void MapSecondFactor(this WebApplication app)
    {
        var factor = app.Services.GetRequiredService<LoginFactorEndpoints>();
        var enrolment = app.Services.GetRequiredService<LoginEnrolmentEndpoints>();
        var login = app.MapOwn().WithMetadata(new NeedsNoIdentity());
        login.MapGet("/login/factor", factor.ShowAsync);
        login.MapPost("/login/factor", factor.EnterAsync);
        login.MapGet("/login/enrol", enrolment.ShowAsync);
        login.MapPost("/login/enrol", enrolment.ConfirmAsync);

        var own = app.Services.GetRequiredService<FactorEndpoints>();
        var setup = app.Services.GetRequiredService<FactorSetupEndpoints>();
        var account = app.MapForVisitor("/account/factor");
        account.MapGet("", own.ShowAsync);
        account.MapPost("/off", own.TurnOffAsync);
        account.MapReturn("/off");
        account.MapPost("/codes", own.RenewCodesAsync).WithMetadata(ByTheOwner);
        account.MapReturn("/codes");
        account.MapGet("/totp", setup.Show).AfterOwnFactor(paths => paths.Factor + "/totp").WithMetadata(ByTheOwner);
        account.MapPost("/totp", setup.ConfirmAsync).AfterOwnFactor(paths => paths.Factor + "/totp").WithMetadata(ByTheOwner);
    }
}
