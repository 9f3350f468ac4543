namespace Gateway.Account;

internal static class AccountServices
{
    public static void AddAccount(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AccountSection("/account", "account.title"));
        builder.Services.AddSingleton(new AccountSection("/account/password", "password.title"));
        builder.Services.AddSingleton<AccountNavigation>();
        builder.Services.AddSingleton<AccountEndpoints>();
        builder.Services.AddScoped<SignedInBrowsers>();
        builder.Services.AddScoped<RemoteLogout>();
        builder.Services.AddSingleton<PasswordEndpoints>();
        builder.Services.AddScoped<PasswordSetter>();
        builder.Services.AddScoped<PasswordChange>();
    }

    public static void MapAccount(this WebApplication app)
    {
        var endpoints = app.Services.GetRequiredService<AccountEndpoints>();
        var account = app.MapForVisitor("/account");
        account.MapGet("", endpoints.ShowAsync);
        account.MapPost("/end", AccountEndpoints.EndAsync);
        account.MapReturn("/end");
        account.MapPost("/end-others", AccountEndpoints.EndOthersAsync);
        account.MapReturn("/end-others");
        var password = app.Services.GetRequiredService<PasswordEndpoints>();
        account.MapGet("/password", password.Show);
        account.MapPost("/password", password.ChangeAsync);
    }
}
