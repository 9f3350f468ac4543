using Gateway.Forwarding;

namespace Gateway.Tests.Forwarding;

public sealed class DestinationSlotsTests
{
    [Fact]
    public void Slots_AreTakenUpToTheLimitAndRefusalsTakeNone()
    {
        var slots = new DestinationSlots();
        Assert.True(slots.TryTake(most: 2));
        Assert.False(slots.IsFull(most: 2));
        Assert.True(slots.TryTake(most: 2));
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.False(slots.TryTake(most: 2));
        Assert.True(slots.IsFull(most: 2));

        slots.Return();

        Assert.True(slots.TryTake(most: 2));
        Assert.False(slots.TryTake(most: 2));
    }

    [Fact]
    public void Refusal_IsNewsOnce_AndAgainAfterTheDestinationWasIdle()
    {
        var slots = new DestinationSlots();
        slots.TryTake(most: 2);
        slots.TryTake(most: 2);
        Assert.True(slots.IsNews());
        Assert.False(slots.IsNews());

        slots.Return();
        Assert.False(slots.IsNews());
        slots.Return();

        Assert.True(slots.IsNews());
    }
}
