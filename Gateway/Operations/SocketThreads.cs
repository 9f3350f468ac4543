using System.Reflection;
using Gateway.Users;

namespace Gateway.Operations;

internal static class SocketThreads
{
    // Read once by the runtime, at its first socket; there is no other way to say it (dotnet/runtime, SocketAsyncEngine).
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Lets what waits for an application's answer go on in the thread that saw it come, instead of handing it to another: a tenth of
    /// the processor time of a request. Nothing there may wait for a socket by blocking. Requests themselves, and with them logins and
    /// SQLite, still run on the thread pool, and passwords are hashed in threads of their own; but the client of PostgreSQL would go on
    /// there with whatever follows, such as reading the key ring, which blocks. An operator's own setting stays.
    /// </summary>
    public static void UseSocketThreads(this WebApplicationBuilder builder)
    {
        // A process that merely hosts the gateway, as that of the tests, has sockets of its own.
        if (Assembly.GetEntryAssembly() != typeof(SocketThreads).Assembly || Environment.GetEnvironmentVariable(InlineCompletions) is not null)
            return;
        if (Enum.TryParse<UserDatabaseProvider>(builder.Configuration[$"{UsersSettings.Section}:Provider"], ignoreCase: true, out var provider)
            && provider is UserDatabaseProvider.PostgreSql)
            return;
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
    }
}
