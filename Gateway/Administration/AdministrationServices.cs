using Gateway.Account;
using Gateway.Administration.Decisions;
using Gateway.Administration.Figures;
using Gateway.Operations;
using Gateway.Sessions;

namespace Gateway.Administration;

internal static class AdministrationServices
{
    /// <summary>What is decided about users, for the command line as well, and the pages for it.</summary>
    public static void AddAdministration(this WebApplicationBuilder builder)
    {
        builder.AddSettings<AdministrationSettings>(AdministrationSettings.Section);
        builder.Services.AddScoped<DecisionEffect>();
        builder.Services.AddScoped<UserDecisions>();
        builder.Services.AddScoped<SessionDecisions>();
        builder.Services.AddScoped<Unlocking>();
        builder.Services.AddScoped<ActivityCount>();
        builder.AddSessionCounter();

        if (!string.Equals(builder.Configuration[$"{AdministrationSettings.Section}:{nameof(AdministrationSettings.Enabled)}"], "false", StringComparison.OrdinalIgnoreCase))
            builder.Services.AddSingleton(new AccountSection("/admin", "admin.title", Administrators.Role));
        builder.Services.AddSingleton<AdministrationPaths>();
        builder.Services.AddSingleton<AdministrationNavigation>();
        builder.Services.AddScoped<OverviewEndpoints>();
        builder.Services.AddScoped<UserListEndpoints>();
        builder.Services.AddScoped<NewUserEndpoints>();
        builder.Services.AddScoped<UserPages>();
        builder.Services.AddScoped<UserForms>();
        builder.Services.AddScoped<InvitationForm>();
        builder.Services.AddScoped<AuditEndpoints>();
    }

    public static void MapAdministration(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<AdministrationSettings>();
        if (!settings.Enabled)
            return;
        var admin = app.MapForAdministrators(settings);
        admin.MapGet("", (HttpContext context, OverviewEndpoints overview) => overview.ShowAsync(context));
        admin.MapGet("/users", (HttpContext context, UserListEndpoints users) => users.ShowAsync(context));
        admin.MapGet("/users/new", (HttpContext context, NewUserEndpoints users) => users.ShowAsync(context));
        admin.MapPost("/users/new", (HttpContext context, NewUserEndpoints users) => users.AddAsync(context));
        admin.MapGet("/user", (HttpContext context, UserPages pages) => pages.ShowAsync(context));
        admin.MapGet("/user/remove", (HttpContext context, UserPages pages) => pages.AskAsync(context));
        admin.MapPost("/user/remove", (HttpContext context, UserForms forms) => forms.RemoveAsync(context));
        admin.MapUserForm("disable", forms => forms.DisableAsync);
        admin.MapUserForm("enable", forms => forms.EnableAsync);
        admin.MapUserForm("roles", forms => forms.SetRolesAsync);
        admin.MapUserForm("require-factor", forms => forms.RequireFactorAsync);
        admin.MapUserForm("waive-factor", forms => forms.WaiveFactorAsync);
        admin.MapUserForm("reset-factor", forms => forms.ResetFactorAsync);
        admin.MapUserForm("password", forms => forms.SetPasswordAsync);
        admin.MapUserForm("invite", forms => forms.InviteAsync);
        admin.MapUserForm("unlock", forms => forms.UnlockAsync);
        admin.MapUserForm("end", forms => forms.EndAsync);
        admin.MapUserForm("revoke", forms => forms.RevokeAsync);
        admin.MapGet("/audit", (HttpContext context, AuditEndpoints audit) => audit.ShowAsync(context));
        admin.MapGet("/audit/export", (HttpContext context, AuditEndpoints audit) => audit.DownloadAsync(context));
    }

    // Whoever had to log in after sending a form comes back by its address: nothing was done, and here is the page again.
    private static void MapUserForm(this RouteGroupBuilder admin, string name, Func<UserForms, Func<HttpContext, Task<IResult>>> form)
    {
        admin.MapPost("/user/" + name, (HttpContext context, UserForms forms) => form(forms)(context));
        admin.MapGet("/user/" + name, (HttpContext context, UserForms forms) => forms.Nothing(context));
    }

    private static void AddSessionCounter(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[RedisConnection.Key]))
        {
            builder.Services.AddSingleton<ISessionCounter, InProcessSessionCounter>();
            return;
        }

        builder.Services.AddSingleton<RedisSessionCounter>();
        builder.Services.AddSingleton<ISessionCounter>(services => services.GetRequiredService<RedisSessionCounter>());
        builder.Services.AddHostedService(services => services.GetRequiredService<RedisSessionCounter>());
    }
}
