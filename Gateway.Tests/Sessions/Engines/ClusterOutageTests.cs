using Gateway.Tests.Hosting;
using Gateway.Tests.Hosting.Engines;

namespace Gateway.Tests.Sessions.Engines;

/// <summary>One of three primaries is gone, and nobody has its keys; everybody else goes on.</summary>
[Collection(typeof(Alone))]
public sealed class ClusterOutageTests(FreshEngines<ClusterEngine> engines) : IClassFixture<FreshEngines<ClusterEngine>>
{
    private readonly ClusterEngine engine = engines.Next();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Primary_ThatIsGone_TakesNobodyElseAlong(int number, bool frozen)
    {
        var keys = engine.NewKeys();
        await using var stage = await Stage.StartAsync(keys, settings => settings.With("Gateway:Session:CacheFor", "00:00:00"));
        var other = await stage.StartNodeAsync();
        await HearsAsync(stage.Gateway);
        await HearsAsync(other);
        await using var crowd = await Crowd.GatherAsync(stage, other, size: 18);
        var lucky = await UsersElsewhereAsync(keys, number);
        Assert.InRange(lucky.Count, 1, 17);

        await engine.Primaries[number].FailAsync(frozen);

        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RedisPartlyAway").Count > 0 && other.Logs.Of("RedisPartlyAway").Count > 0);

        // Those whose sessions are elsewhere are served by either node as if nothing had happened, once the nodes know.
        await crowd.EverybodyServedAsync(TimeSpan.FromSeconds(5), lucky);
        var refused = crowd.Refused(lucky);
        await crowd.EverybodyServedAsync(TimeSpan.FromSeconds(5), lucky);
        await crowd.EverybodyServedAsync(TimeSpan.FromSeconds(5), lucky);
        Assert.Equal(refused, crowd.Refused(lucky));
        Assert.Empty(stage.Gateway.Logs.Of("RedisAway"));
        Assert.Empty(other.Logs.Of("RedisAway"));
        // One line for the part that is away, however many ask for it.
        Assert.Single(stage.Gateway.Logs.Of("RedisPartlyAway"));
        Assert.InRange(stage.Gateway.Logs.Of("StoreUnavailable").Count, 0, 1);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RevocationChannelUp").Count >= stage.Gateway.Logs.Of("RevocationChannelDown").Count);

        // What it had is lost with it, unless it only slept.
        if (!frozen)
            crowd.LoseAllBut(lucky);
        await RecoverAsync(number, frozen);
        await Eventually.TrueAsync(() => stage.Gateway.Logs.Of("RedisComplete").Count == 1);
        Assert.NotEmpty(crowd.Users.Except(lucky, StringComparer.Ordinal));
        await crowd.EverybodyServedAsync(TimeSpan.FromSeconds(5));
    }

    private Task RecoverAsync(int number, bool frozen) =>
        frozen ? engine.Primaries[number].ThawAsync() : engine.LaunchAgainAsync(number);

    private static Task HearsAsync(TestGateway node) => Eventually.TrueAsync(() => node.Logs.Of("RevocationChannelUp").Count > 0);

    /// <summary>The visitors whose sessions the primary of this number doesn't have.</summary>
    private async Task<IReadOnlyCollection<string>> UsersElsewhereAsync(RedisKeys keys, int number)
    {
        var users = new List<string>();
        foreach (var name in await keys.ListAsync("session:*"))
        {
            var owner = await keys.OwnerAsync(name);
            if (owner != engine.Primaries[number].Port)
                users.Add((await keys.GetAsync(name))!.Split("\"userId\":\"")[1].Split('"')[0]);
        }

        return users;
    }
}
