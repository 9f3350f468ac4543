using Gateway.Pages;
using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Gateway.Tests.Pages;

/// <summary>Everybody can read and use every page: each language, light and dark, desk and phone. Also makes the pictures of them.</summary>
public sealed class AccessibilityTests
{
    private const string Login = "/_gateway/login?returnUrl=%2Fpage";

    [Fact]
    public async Task PagesOfLoggingInAndOut_AreCleanInEveryLanguageAndLook()
    {
        using var folder = new TempFolder();
        await using var stage = await StartAsync(folder);
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("login", Login);
        await tour.SeeAsync("login-wrong", page => LogInAsync(page, "wrong"));
        await tour.SeeAsync("login-empty", async page =>
        {
            await page.GotoAsync(Login);
            await page.EvalOnSelectorAsync("form:has([name=password])", "form => form.noValidate = true");
            await page.ClickAsync("form:has([name=password]) button");
        });
        await tour.SeeAsync("login-too-many", async page =>
        {
            // A visitor of another network: what comes from the gateway's own machine has no limit.
            await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Forwarded-For"] = "203.0.113.7" });
            await LogInAsync(page, "wrong");
            await LogInAsync(page, "wrong");
            await page.SetExtraHTTPHeadersAsync([]);
        });
        await tour.SeeAsync("login-signed-in", async page =>
        {
            await LogInAsync(page, Stage.Password);
            await page.GotoAsync(Login);
        });
        await tour.SeeAsync("logout", "/_gateway/logout");

        await stage.Gateway.InDatabaseAsync(database => database.Database.ExecuteSqlRawAsync("""ALTER TABLE "Users" RENAME TO "Away" """, TestContext.Current.CancellationToken));
        await tour.SeeAsync("login-not-now", page => LogInAsync(page, Stage.Password));
    }

    [Fact]
    public async Task ErrorPages_AreCleanInEveryLanguageAndLook()
    {
        using var folder = new TempFolder();
        await using var stage = await StartAsync(folder);
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        foreach (var status in ErrorPageTests.Statuses)
            await tour.SeeAsync($"error-{status}", $"/errors/{status}");
    }

    [Fact]
    public async Task WhateverThePagesAreMadeOf_IsCleanInEveryLanguageAndLook()
    {
        using var folder = new TempFolder();
        await using var stage = await StartAsync(folder);
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("gallery", "/gallery");
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.GotoAsync(Login);
        await page.FillAsync("#email", Stage.Email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("form:has(#password) button");
    }

    private static Task<Stage> StartAsync(TempFolder folder)
    {
        File.WriteAllText(folder.File("logo.svg"), """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0f766e"/><path d="M18 44V20l14 14 14-14v24" fill="none" stroke="#fff" stroke-width="6"/></svg>
            """);
        return Stage.StartAsync(keys: null, settings => settings
            .With("Gateway:TrustedProxies:0", "127.0.0.0/8")
            .With("Gateway:Login:MaxFailuresPerAddress", "1")
            .With("Gateway:Branding:Name", "Mill & Meadow")
            .With("Gateway:Branding:Logo", folder.File("logo.svg"))
            .With("Gateway:Branding:AccentColor", "#0f766e")
            .With("Gateway:Branding:FooterText", "For members of Mill & Meadow only.")
            .With("Gateway:Branding:HelpUrl", "mailto:help@example.org"), services: services => services.AddSingleton<IStartupFilter, MoreToSee>());
    }

    /// <summary>Errors that come about only when something breaks, and the gallery.</summary>
    private sealed class MoreToSee : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) => context.Request.Path.Value!.Split('/') switch
            {
                [_, "errors", var status] => Problems.AnswerAsync(context, int.Parse(status, null), "title", "detail"),
                [_, "gallery"] => context.Page<PageShell>(new
                {
                    Title = "Gallery",
                    Navigation = new PageLink[] { new("/sessions", "Sessions"), new("/gallery", "Gallery"), new("/second", "Second factor") },
                    ChildContent = (RenderFragment)(builder => builder.AddMarkupContent(0, Gallery.Html)),
                }).ExecuteAsync(context),
                _ => following(context),
            });
            next(app);
        };
    }
}
