using Gateway.Sessions;

namespace Gateway.Tests.Sessions;

public sealed class RecordMemoTests
{
    private readonly RecordMemo memo = new();

    [Fact]
    public void ARecordThatStayedAsItWas_IsTheSessionThatWasReadFromIt()
    {
        var session = NewSession("a");
        var record = StoredSession.Write(session);
        memo.Keep(session, record);

        Assert.Same(session, memo.Find("a", [.. record]));
    }

    [Fact]
    public void ARecordThatChanged_IsNot()
    {
        var session = NewSession("a");
        memo.Keep(session, StoredSession.Write(session));

        Assert.Null(memo.Find("a", StoredSession.Write(session with { Roles = ["editor"] })));
    }

    [Fact]
    public void TheSameRecord_UnderAnotherKey_IsNot()
    {
        var session = NewSession("a");
        var record = StoredSession.Write(session);
        memo.Keep(session, record);

        Assert.All(Enumerable.Range(0, 5000), number => Assert.Null(memo.Find($"b{number}", record)));
    }

    [Fact]
    public void ALargeRecord_IsReadAnew()
    {
        var session = NewSession("a") with { Name = new string('n', 3000) };
        var record = StoredSession.Write(session);
        memo.Keep(session, record);

        Assert.Null(memo.Find("a", record));
    }

    [Fact]
    public void ManySessions_AreRememberedInAsManyPlacesAsThereAre()
    {
        var sessions = Enumerable.Range(0, 10_000).Select(number => NewSession($"{number}")).ToList();
        foreach (var session in sessions)
            memo.Keep(session, StoredSession.Write(session));

        Assert.InRange(sessions.Count(session => memo.Find(session.Key, StoredSession.Write(session)) is not null), 900, 1024);
    }

    private static Session NewSession(string key) => new(
        key, "42", "ann@example.org", null, [], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1), Restored: false, Browser: null, "stamp");
}
