using Gateway.Tests.Hosting.Engines;
using Gateway.Tests.Login.Throttle;

// One class for each engine and contract: what is true of Redis is true of every kind of it.
namespace Gateway.Tests.Sessions.Engines;

[Collection(typeof(OnCluster))]
public sealed class ClusterStoreTests(ClusterEngine engine) : RedisSessionStoreContract(engine.NewKeys());

[Collection(typeof(OnCluster))]
public sealed class ClusterCounterTests(ClusterEngine engine) : RedisAttemptCounterContract(engine.NewKeys());

[Collection(typeof(OnSentinel))]
public sealed class SentinelStoreTests(SentinelEngine engine) : RedisSessionStoreContract(engine.NewKeys());

[Collection(typeof(OnSentinel))]
public sealed class SentinelCounterTests(SentinelEngine engine) : RedisAttemptCounterContract(engine.NewKeys());

[Collection(typeof(OnGarnet))]
public sealed class GarnetStoreTests(GarnetEngine engine) : RedisSessionStoreContract(engine.NewKeys());

[Collection(typeof(OnGarnet))]
public sealed class GarnetCounterTests(GarnetEngine engine) : RedisAttemptCounterContract(engine.NewKeys());

[Collection(typeof(OnValkey))]
public sealed class ValkeyStoreTests(ValkeyEngine engine) : RedisSessionStoreContract(engine.NewKeys());

[Collection(typeof(OnValkey))]
public sealed class ValkeyCounterTests(ValkeyEngine engine) : RedisAttemptCounterContract(engine.NewKeys());

[Collection(typeof(OnCluster))]
public sealed class ClusterTests(ClusterEngine engine) : EngineStories(engine);

[Collection(typeof(OnSentinel))]
public sealed class SentinelTests(SentinelEngine engine) : EngineStories(engine);

[Collection(typeof(OnGarnet))]
public sealed class GarnetTests(GarnetEngine engine) : EngineStories(engine);

[Collection(typeof(OnValkey))]
public sealed class ValkeyTests(ValkeyEngine engine) : EngineStories(engine);

[Collection(typeof(OnSecured))]
public sealed class SecuredStoreTests(SecuredEngine engine) : RedisSessionStoreContract(engine.NewKeys());

[Collection(typeof(OnSecured))]
public sealed class SecuredCounterTests(SecuredEngine engine) : RedisAttemptCounterContract(engine.NewKeys());

[Collection(typeof(OnSecured))]
public sealed class SecuredTests(SecuredEngine engine) : EngineStories(engine);
