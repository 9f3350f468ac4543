using System.Reflection;

namespace Gateway.Tests.Packages;

/// <summary>The same stories for the stand-in and for what was restored, which is the real library where there is one.</summary>
public sealed class SocketLibraryTests
{
    public enum Library
    {
        StandIn,
        Restored,
    }

    public static TheoryData<Library, string, string> Stories { get; } = new(
        from story in new[] { typeof(SocketStories), typeof(SocketEndingStories), typeof(TlsStories), typeof(ReplyStories) }
        from method in story.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        from library in Enum.GetValues<Library>()
        select (library, story.Name, method.Name));

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Stories))]
    public Task The_story_is_true_of(Library library, string stories, string story)
    {
        var method = typeof(SocketLibraryTests).Assembly.GetType($"{typeof(SocketLibraryTests).Namespace}.{stories}")!.GetMethod(story)!;
        return (library == Library.StandIn ? StandIns.Context.Twin(method) : method).CreateDelegate<Func<Task>>()();
    }
}
