using System.Buffers.Binary;
using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Tests.Security;
using Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Users;

public class PasswordHashTests(SharedRedis redis)
{
    [Fact]
    [Requirement("A13")]
    public async Task Password_IsKeptAsPbkdf2WithSha512AndAtLeast210000Rounds()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync(Stage.Email, Stage.Password);

        var (format, function, rounds) = Header(await HashAsync(gateway));

        Assert.Equal(1, format);
        Assert.Equal(2u, function);
        Assert.True(rounds >= 210_000, $"{rounds}");
    }

    [Fact]
    public async Task Password_ChangedByTheOperator_IsKeptAtTheSameCost()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync(Stage.Email, Stage.Password);

        await gateway.ChangeUserAsync(Stage.Email, (accounts, user) => accounts.SetPasswordAsync(user, "a new pass phrase"));

        Assert.True(Header(await HashAsync(gateway)).Rounds >= 210_000);
    }

    [Fact]
    [Requirement("A14")]
    public async Task CheapHash_IsUpgradedAtLoginAndEndsNoOtherSession()
    {
        var settings = new GatewaySettings().WithRedis(redis.NewKeys());
        await using var site = await EchoSite.StartAsync();
        await using var gateway = await TestGateway.StartAsync(settings.WithRoute("site", "/{**path}", site.Address));
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);
        using var other = gateway.NewBrowser();
        using var before = await other.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
        await SetHashAsync(gateway, CheapHash());
        var stamp = (await UserAsync(gateway)).SecurityStamp;
        using var browser = gateway.NewBrowser();

        using var wrong = await browser.LoginJsonAsync(Stage.Email, "wrong pass phrase");
        Assert.Equal(1_000u, Header(await HashAsync(gateway)).Rounds);
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(Header(await HashAsync(gateway)).Rounds >= 210_000);
        Assert.Equal(stamp, (await UserAsync(gateway)).SecurityStamp);
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
        other.Close();
        Assert.Equal(Stage.UserId, await other.UserAtAsync());
        using var again = await browser.LoginJsonAsync(Stage.Email, Stage.Password);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task CheapHash_UpgradedByTwoNodesAtOnce_LetsBothIn()
    {
        var settings = new GatewaySettings().WithRedis(redis.NewKeys());
        await using var gateway = await TestGateway.StartAsync(settings);
        await using var second = await TestGateway.StartAsync(gateway.Settings);
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);

        for (var time = 0; time < 5; time++)
        {
            await SetHashAsync(gateway, CheapHash());
            var answers = await Task.WhenAll(LogInAsync(gateway), LogInAsync(second));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], answers);
        }
    }

    private static async Task<HttpStatusCode> LogInAsync(TestGateway gateway)
    {
        using var browser = gateway.NewBrowser();
        using var answer = await browser.LoginJsonAsync(Stage.Email, Stage.Password, remember: true);
        return answer.StatusCode;
    }

    private static string CheapHash() =>
        new PasswordHasher<GatewayUser>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(new GatewayUser(), Stage.Password);

    private static Task<int> SetHashAsync(TestGateway gateway, string hash) => gateway.InDatabaseAsync(database =>
        database.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.PasswordHash, hash), TestContext.Current.CancellationToken));

    private static Task<GatewayUser> UserAsync(TestGateway gateway) =>
        gateway.InDatabaseAsync(database => database.Users.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));

    private static async Task<string> HashAsync(TestGateway gateway) => (await UserAsync(gateway)).PasswordHash!;

    // Version 3 of ASP.NET Core Identity: a format byte, then the function and the number of rounds in network order.
    private static (byte Format, uint Function, uint Rounds) Header(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        return (bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(5)));
    }
}
