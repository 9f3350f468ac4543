using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;

namespace Gateway.Tests.Packages;

/// <summary>How StackExchange.Redis keeps the parts of a reply, and tells its subscribers.</summary>
internal static class ReplyStories
{
    public static Task Nested_replies_keep_their_parts_until_the_reset()
    {
        using var arena = new Arena<string>(new ArenaOptions(), null);
        for (var reply = 0; reply < 3; reply++)
        {
            var outer = Filled(arena, 1000, "outer");
            var inner = Enumerable.Range(0, 1000).Select(i => Filled(arena, i % 7, "inner").Untyped()).ToArray();

            Assert.Equal((1000, "outer0", "outer999"), (outer.Length, outer[0], outer[999]));
            Assert.All(inner, (part, i) => Assert.Equal(i % 7, part.Length));
            Assert.Equal("inner5", inner[6].Cast<string>()[5]);
            arena.Reset();
        }

        return Task.CompletedTask;
    }

    public static Task A_reply_of_a_million_parts_is_kept()
    {
        using var arena = new Arena<int>(null, null);
        var parts = arena.Allocate(1_000_000);
        var next = 0;
        foreach (ref var part in parts)
            part = next++;

        Assert.Equal(999_999, parts[999_999]);
        Assert.Equal(1_000_000, parts.ToArray(static (in int part) => part).Distinct().Count());
        return Task.CompletedTask;
    }

    public static Task A_run_is_walked_by_element_by_span_and_by_projection()
    {
        using var arena = new Arena<string>(null, null);
        var run = Filled(arena, 5, "part");
        var walk = run.GetEnumerator();
        var spans = "";
        foreach (var span in run.Spans)
            spans += string.Concat(span);
        var copies = new int[5];
        run.CopyTo(copies, static (in string part) => part[^1] - '0');

        Assert.Equal(("part0", "part1"), (walk.GetNext(), walk.GetNext()));
        Assert.Equal("part0part1part2part3part4", spans);
        Assert.Equal([0, 1, 2, 3, 4], copies);
        Assert.Equal("4part", run.ToArray(static (in string part, in int end) => part[end..] + part[..end], 4)[4]);
        Assert.True(run.IsSingleSegment && run.FirstSpan.Length == 5 && !run.IsEmpty);
        Assert.True(default(Sequence<string>).IsEmpty && default(Sequence).Cast<string>().IsEmpty && default(Sequence).Length == 0);
        Assert.Throws<IndexOutOfRangeException>(() => run[5]);
        return Task.CompletedTask;
    }

    public static Task Every_subscriber_is_visited_in_order()
    {
        var told = new List<int>();
        Action one = () => told.Add(1);
        var both = one + (() => told.Add(2));
        foreach (var subscriber in both.AsEnumerable())
            subscriber();

        Assert.Equal([1, 2], told);
        Assert.True(one.IsSingle());
        Assert.False(both.IsSingle());
        foreach (var _ in Delegates.AsEnumerable<Action>(null!))
            Assert.Fail("Nobody subscribed.");
        return Task.CompletedTask;
    }

    private static Sequence<string> Filled(Arena<string> arena, int length, string name)
    {
        var run = arena.Allocate(length);
        for (var i = 0; i < length; i++)
            run[i] = name + i;
        return run;
    }
}
