using Gateway.Sessions;
using Gateway.Tests.Security;

namespace Gateway.Tests.Sessions;

public sealed class SessionIdTests
{
    [Fact]
    [Requirement("S01")]
    public void Ids_AreRandomInEveryByte()
    {
        var ids = Enumerable.Range(0, 2000).Select(_ => Convert.FromBase64String(SessionId.New().Value.Replace('-', '+').Replace('_', '/') + "=")).ToList();

        Assert.Equal(2000, ids.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Equal(32, id.Length));
        for (var position = 0; position < 32; position++)
            Assert.InRange(ids.Select(id => id[position]).Distinct().Count(), 200, 256);
    }

    [Fact]
    public void Id_ThatIsWritten_IsReadAgainUnderTheSameKey()
    {
        var id = SessionId.New();

        Assert.True(SessionId.TryParse(id.Value, out var read));
        Assert.Equal(id.Key, read.Key);
        Assert.Matches("^[0-9a-f]{64}$", id.Key);
        Assert.DoesNotContain(id.Value, $"{id}", StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("S01")]
    public void Id_FollowsFromSecretAndNonceTogether()
    {
        Assert.Equal(SessionId.Derive([1], [2]).Value, SessionId.Derive([1], [2]).Value);
        Assert.NotEqual(SessionId.Derive([1], [2]).Value, SessionId.Derive([1], [3]).Value);
        Assert.NotEqual(SessionId.Derive([1], [2]).Value, SessionId.Derive([2], [2]).Value);
    }
}
