using Gateway.Sessions;
using StackExchange.Redis;

namespace Gateway.Tests.Sessions;

public sealed class RedisRefusalTests
{
    [Theory]
    [InlineData("LOADING Redis is loading the dataset in memory", nameof(RedisRefusal.Away))]
    [InlineData("MASTERDOWN Link with MASTER is down", nameof(RedisRefusal.Away))]
    [InlineData("CLUSTERDOWN The cluster is down", nameof(RedisRefusal.Away))]
    [InlineData("BUSY Redis is busy running a script", nameof(RedisRefusal.Away))]
    [InlineData("NOAUTH Authentication required.", nameof(RedisRefusal.Away))]
    [InlineData("WRONGPASS invalid username-password pair", nameof(RedisRefusal.Away))]
    [InlineData("ERR max number of clients reached", nameof(RedisRefusal.Away))]
    [InlineData("ERR upstream failure", nameof(RedisRefusal.Away))]
    [InlineData("READONLY You can't write against a read only replica.", nameof(RedisRefusal.Writes))]
    [InlineData("NOREPLICAS Not enough good replicas to write.", nameof(RedisRefusal.Writes))]
    [InlineData("MISCONF Redis is configured to save RDB snapshots", nameof(RedisRefusal.Writes))]
    [InlineData("NOPERM this user has no permissions to run the 'getex' command", nameof(RedisRefusal.Writes))]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.", nameof(RedisRefusal.Growth))]
    [InlineData("EXECABORT Transaction discarded because of previous errors.", nameof(RedisRefusal.Growth))]
    [InlineData("WRONGTYPE Operation against a key holding the wrong kind of value", nameof(RedisRefusal.Question))]
    [InlineData("ERR unknown command 'GETEX'", nameof(RedisRefusal.Question))]
    public void AnError_MeansOneThing(string error, string meaning) =>
        Assert.Equal(meaning, new RedisServerException(error).Meaning().ToString());
}
