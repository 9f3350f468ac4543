using System.Net;
using Gateway.Tests.Hosting;
using Gateway.Users;

namespace Gateway.Tests.Users;

public class UserIdTests
{
    public static TheoryData<string> GoodIds => ["4", "0042", "ann@example.org", "a b", "{7d9e}", "~!#$%&'*+,-./:;<=>?@[]^_`|\"\\", new string('x', 128)];

    public static TheoryData<string> BadIds => ["", " ", " 4", "4 ", "a\tb", "a\r\nb", "ä", "a\u007fb", "a\0", new string('x', 129)];

    [Theory]
    [MemberData(nameof(GoodIds))]
    public async Task Id_ChosenByTheOperator_IsWhatApplicationsRead(string id)
    {
        await using var stage = await Stage.StartAsync(keys: null);
        await stage.Gateway.AddUserAsync("bob@example.org", Stage.Password, id);
        using var browser = stage.Gateway.NewBrowser();

        using var answer = await browser.LoginJsonAsync("bob@example.org", Stage.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(id, await browser.UserAtAsync());
    }

    [Theory]
    [MemberData(nameof(BadIds))]
    public async Task Id_ThatNoHeaderCanCarry_IsRefusedWithTheRule(string id)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());

        var refusal = await Assert.ThrowsAsync<UserRefusedException>(() => gateway.AddUserAsync(Stage.Email, Stage.Password, id));

        Assert.Contains("1 to 128 printable ASCII characters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Id_LeftOut_IsGenerated()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        var ids = new List<string>();
        foreach (var email in (string[])["a@example.org", "b@example.org"])
        {
            await gateway.AddUserAsync(email, Stage.Password);
            await gateway.ChangeUserAsync(email, (_, user) => Task.Run(() => ids.Add(user.Id), TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Matches("^[a-z2-9]{20}$", id));
    }

    [Fact]
    public async Task IdAndAddress_ThatAreTaken_AreRefused()
    {
        await using var gateway = await TestGateway.StartAsync(new GatewaySettings());
        await gateway.AddUserAsync(Stage.Email, Stage.Password, Stage.UserId);

        var id = await Assert.ThrowsAsync<UserRefusedException>(() => gateway.AddUserAsync("bob@example.org", Stage.Password, Stage.UserId));
        var address = await Assert.ThrowsAsync<UserRefusedException>(() => gateway.AddUserAsync("ANN@example.org", Stage.Password, "43"));

        Assert.Contains("42 belongs to ann@example.org already", id.Message, StringComparison.Ordinal);
        Assert.Contains("already taken", address.Message, StringComparison.Ordinal);
    }
}
