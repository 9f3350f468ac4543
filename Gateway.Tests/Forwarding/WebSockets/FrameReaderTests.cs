using Gateway.Forwarding.WebSockets;

namespace Gateway.Tests.Forwarding.WebSockets;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Boundaries_AreWhereFramesEndHoweverTheBytesArrive(bool masked)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var frames = Frame.Some(random, 20, masked);
            var ends = frames.Aggregate(new List<long> { 0 }, (all, frame) => [.. all, all[^1] + frame.Length]).ToHashSet();
            var reader = new FrameReader();
            long at = 0;

            foreach (var piece in Frame.Split([.. frames.SelectMany(frame => frame)], random))
            {
                reader.Pass(piece.Span);
                at += piece.Length;
                Assert.True(ends.Contains(at) == reader.AtBoundary, $"seed {seed}, byte {at}");
            }
        }
    }

    [Fact]
    public void NextBoundary_IsFoundInWhateverFollows()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            byte[] first = Frame.Of(Frame.Binary, random.Next(3) == 0 ? random.Next(70_000) : random.Next(10), random.Next(2) == 0, random);
            byte[] all = [.. first, .. Frame.Of(Frame.Text, 100, masked: false, random)];
            var reader = new FrameReader();
            var passed = random.Next(1, first.Length + 1);
            reader.Pass(all.AsSpan(0, passed));

            Assert.Equal(first.Length - passed, reader.PassToBoundary(all.AsSpan(passed)));
            Assert.True(reader.AtBoundary);
            Assert.Equal(0, reader.PassToBoundary(all.AsSpan(first.Length)));
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(Frame.Text, true)]
    [InlineData(Frame.Binary, true)]
    [InlineData(Frame.Ping, false)]
    [InlineData(Frame.Pong, false)]
    [InlineData(Frame.Close, false)]
    public void Content_IsWhatIsInDataFrames(int opcode, bool expected)
    {
        var frame = Frame.Of(opcode, 20, masked: true);
        var reader = new FrameReader();

        Assert.Equal(expected, reader.Pass(frame.AsSpan(0, 1)));
        Assert.Equal(expected, reader.Pass(frame.AsSpan(1)));
        Assert.Equal(opcode == Frame.Close, reader.HasClosed);
    }

    // 2^63 - 1, the longest there can be: it is never reached, and nothing overflows on the way.
    [Fact]
    public void LongestFrame_HasNoBoundaryInSight()
    {
        var reader = new FrameReader();
        reader.Pass([0x82, 127, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

        Assert.Equal(100_000, reader.PassToBoundary(new byte[100_000]));
        Assert.False(reader.AtBoundary);
    }
}
