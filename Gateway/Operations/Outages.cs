using Gateway.Sessions;
using Gateway.Users;

namespace Gateway.Operations;

/// <summary>Failures of Redis and of the user database: they pass, and whoever asked is to ask again.</summary>
internal sealed class Outages(DatabaseWatch database, ILogger<Outages> logger)
{
    public static bool IsOne(Exception exception) => exception is StoreUnavailableException || DatabaseFault.Is(exception);

    /// <summary>Once for an outage that is known, and otherwise for each request that it cost.</summary>
    public void Tell(Exception exception)
    {
        switch (exception)
        {
            case StoreUnavailableException { IsNews: false }:
                return;
            case StoreUnavailableException unavailable:
                logger.DependencyFailed(exception.GetType().Name, unavailable.Reason);
                return;
            case var _ when !database.IsAway:
                logger.DependencyFailed(exception.GetType().Name, DatabaseFault.Reason(exception));
                return;
        }
    }
}
