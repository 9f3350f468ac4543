using Gateway.Tests.Account;
using Gateway.Tests.Hosting;
using Gateway.Users.Transfer;
using Microsoft.Playwright;

namespace Gateway.Tests.Administration;

/// <summary>Everybody can read and use the pages of the administration; makes the pictures of them, too.</summary>
public sealed class AdministrationAccessibilityTests
{
    [Fact]
    public async Task PagesOfTheAdministration_AreCleanInEveryLanguageAndLook()
    {
        await using var stage = await AdministrationVisits.StartAsync(configure: settings => settings
            .With("Gateway:TrustedProxies:0", "127.0.0.0/8")
            .With("Gateway:Login:MaxFailures", "2"));
        await stage.Gateway.ImportAsync([.. Enumerable.Range(0, 60).Select(number => new UserRecord(Id: null, $"somebody.with.a.long.address.{number}@department.example.com", Name: null, ["reader", "editor"], Hash: null, Salt: null, Format: null))]);
        await stage.Gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetRolesAsync(user, ["reader", "editor"]));
        using var phone = await stage.LogInWithAsync(AccountVisits.Safari, remember: true, "2001:db8:85a3::8a2e:370:7334");
        using var desk = await stage.LogInWithAsync(AccountVisits.Firefox);
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("admin", LogInAsync);
        await tour.SeeAsync("admin-users", $"{AdministrationVisits.Page}/users");
        await tour.SeeAsync("admin-users-none", $"{AdministrationVisits.Page}/users?search=nobody&state=disabled");
        await stage.LogInStatusAsync("wrong");
        await stage.LogInStatusAsync("wrong");
        await tour.SeeAsync("admin-user", AdministrationVisits.Ann);
        await tour.SeeAsync("admin-user-self", page => DoneAsync(page, $"{AdministrationVisits.Page}/user?id=1", "self"));
        await tour.SeeAsync("admin-user-refused", async page =>
        {
            await page.GotoAsync(AdministrationVisits.Ann);
            await page.FillAsync("#roles", "editor a'b");
            await page.ClickAsync("form:has(#roles) button");
        });
        await tour.SeeAsync("admin-user-unlocked", async page =>
        {
            await page.GotoAsync(AdministrationVisits.Ann);
            if (await page.Locator("form[action*='/unlock'] button").CountAsync() > 0)
                await page.ClickAsync("form[action*='/unlock'] button");
            await DoneAsync(page, AdministrationVisits.Ann, "unlocked");
        });
        await tour.SeeAsync("admin-user-remove", $"{AdministrationVisits.Page}/user/remove?id={Stage.UserId}");
        await tour.SeeAsync("admin-new", $"{AdministrationVisits.Page}/users/new");
        await tour.SeeAsync("admin-new-refused", async page =>
        {
            await page.GotoAsync($"{AdministrationVisits.Page}/users/new");
            await page.FillAsync("#email", Stage.Email);
            await page.FillAsync("#id", Stage.UserId);
            await page.ClickAsync("form:has(#email) button");
        });
        await tour.SeeAsync("admin-password", async page =>
        {
            await page.GotoAsync(AdministrationVisits.Ann);
            await page.ClickAsync("form[action*='/password'] button");
        });
        await tour.SeeAsync("admin-audit", $"{AdministrationVisits.Page}/audit");
        await tour.SeeAsync("admin-audit-refused", $"{AdministrationVisits.Page}/audit?since=yesterday");
    }

    // From a page of the same site, or nothing would be said.
    private static async Task DoneAsync(IPage page, string user, string done)
    {
        await page.GotoAsync(user);
        await page.EvaluateAsync($"location.assign('{user}&done={done}')");
        await page.ArriveAsync($"**&done={done}");
    }

    private static async Task LogInAsync(IPage page)
    {
        await page.GotoAsync($"/_gateway/login?returnUrl={Uri.EscapeDataString(AdministrationVisits.Page)}");
        await page.FillAsync("#email", AdministrationVisits.Email);
        await page.FillAsync("#password", AdministrationVisits.Password);
        await page.ClickAsync("form:has(#password) button");
        await page.ArriveAsync("**" + AdministrationVisits.Page);
    }
}
