using Gateway.Forwarding;

namespace Gateway.Tests.Forwarding;

/// <summary>A path costs the gateway about as much as the visitor who sends it.</summary>
public sealed class PathCostTests(Front front)
{
    // Whatever can be read in two ways, in each of the encodings that are looked through: each doubles the readings.
    private const string Manifold = @"/x\a;b//c%5ca%3bb%2f%2fc%255ca%253bb%252f%252fc";

    [Fact]
    public async Task Path_WithHundredsOfReadings_IsRefusedBeforeTheyAreAllLookedAt()
    {
        var exchange = await front.GetAsync(string.Concat(Enumerable.Repeat(Manifold, 100)));

        Assert.Equal(400, exchange.Status);
        Assert.Null(PathReading.Readings(string.Concat(Enumerable.Repeat(Manifold, 100))));
    }

    [Theory]
    [InlineData("/%e6%97%a5%e6%9c%ac", 400)]
    [InlineData("/a%20b;v=1//c", 200)]
    [InlineData("/C:\\Program%20Files\\x", 150)]
    public async Task Path_LongAsItMayBe_PassesWithWhatPeopleHaveInTheirs(string piece, int times)
    {
        var path = string.Concat(Enumerable.Repeat(piece, times));

        Assert.Equal(path, (await front.GetAsync(path, front.Ann)).Seen?.Target);
    }
}
