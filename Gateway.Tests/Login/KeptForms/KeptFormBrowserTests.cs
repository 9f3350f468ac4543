using Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Gateway.Tests.Login.KeptForms;

/// <summary>The same in Chromium.</summary>
public sealed class KeptFormBrowserTests
{
    private const string Sheet = """
        <!DOCTYPE html><title>Sheet</title>
        <form method="post" action="/wiki/save?no=1" enctype="multipart/form-data">
          <input name="subject" value="Mill &amp; Meadow"><textarea name="text"></textarea><input name="password" type="password" value="swordfish">
          <input name="a-name-that-is-far-too-long-for-the-narrowest-phone-of-all-and-has-no-place-to-break" value="1"><input name="file" type="file"><button>Save</button>
        </form>
        """;

    [Fact]
    public async Task Visitor_WithoutJavaScript_SendsTheirFormAfterTheLogin()
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = false });

        await SendAsync(page);
        await Assertions.Expect(page.GetByText("What you typed is not lost")).ToBeVisibleAsync();
        await LogInAsync(page, Stage.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Send what you typed?" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("notes.txt (1 KB)")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it now" }).ClickAsync();

        await page.ArriveAsync("**/wiki/save?no=1");
        await Assertions.Expect(page.GetByText("Saved Mill & Meadow, line 1\r\nline 2, words, for 42")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await page.ArriveAsync("**/wiki/next");
    }

    // A fragment never leaves the browser: it is there afterwards only if each step keeps it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Visitor_WhoAskedForAPartOfAPage_ComesToIt(bool javaScript)
    {
        await using var stage = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.NewPageAsync(new() { BaseURL = stage.Gateway.BaseAddress.AbsoluteUri, Locale = "en", JavaScriptEnabled = javaScript });

        await page.GotoAsync("/wiki/long?a=1&b=%2F#part-2");
        await page.GetByRole(AriaRole.Button, new() { Name = "简体中文" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await LogInAsync(page, "wrong");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LogInAsync(page, Stage.Password);

        await page.ArriveAsync(url => url.EndsWith("/wiki/long?a=1&b=%2F#part-2", StringComparison.Ordinal));
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<double>("scrollY") > 5000);
    }

    [Fact]
    public async Task PagesOfKeptForms_AreCleanInEveryLanguageAndLook()
    {
        await using var stage = await StartAsync();
        await using var tour = await Tour.StartAsync(stage.Gateway.BaseAddress);

        await tour.SeeAsync("login-form-kept", async page =>
        {
            await SendAsync(page);
            Assert.Contains("form", page.Url, StringComparison.Ordinal);
        });
        await tour.SeeAsync("login-form-lost", "/_gateway/login?returnUrl=%2Fpage&form=lost");
        await tour.SeeAsync("form", async page =>
        {
            await SendAsync(page);
            await LogInAsync(page, Stage.Password);
        });
        await tour.SeeAsync("form-gone", $"/_gateway/form/{new string('A', 43)}");
    }

    private static async Task SendAsync(IPage page)
    {
        await page.GotoAsync("/public/sheet");
        await page.FillAsync("textarea", "line 1\nline 2");
        await page.SetInputFilesAsync("[type=file]", new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "words"u8.ToArray() });
        await page.ClickAsync("button");
        await page.ArriveAsync("**/_gateway/login?**");
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.FillAsync("#email", Stage.Email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("form:has(#password) button");
    }

    private static Task<Stage> StartAsync() => Stage.StartAsync(keys: null, map: site =>
    {
        site.MapGet("/public/sheet", () => TypedResults.Content(Sheet, "text/html; charset=utf-8"));
        site.MapPost("/wiki/save", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            using var file = new StreamReader(form.Files["file"]!.OpenReadStream());
            var text = $"Saved {form["subject"]}, {form["text"]}, {await file.ReadToEndAsync()}, for {request.Headers["X-User-Id"]}";
            return TypedResults.Content($"<!DOCTYPE html><title>Saved</title><p>{System.Net.WebUtility.HtmlEncode(text)}</p><a href=\"next\">Next</a>", "text/html; charset=utf-8");
        });
        site.MapGet("/wiki/next", () => TypedResults.Content("<!DOCTYPE html><title>Next</title>", "text/html"));
        site.MapGet("/wiki/long", () => TypedResults.Content(
            "<!DOCTYPE html><title>Long</title><p>Part 1</p><p style=\"margin-top: 9000px\" id=\"part-2\">Part 2</p><p style=\"margin-top: 9000px\">Part 3</p>", "text/html"));
    });
}
