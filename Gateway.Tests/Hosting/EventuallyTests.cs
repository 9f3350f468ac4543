namespace Gateway.Tests.Hosting;

public sealed class EventuallyTests
{
    [Fact]
    public async Task It_waits_until_the_condition_holds()
    {
        var asked = 0;

        await Eventually.TrueAsync(() => ++asked == 3);

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task It_gives_up_and_names_the_condition()
    {
        var never = false;

        var error = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.TrueAsync(() => never, TimeSpan.FromMilliseconds(50)));

        Assert.Contains("never", error.Message, StringComparison.Ordinal);
    }
}
