using Gateway.Audit;

namespace Gateway.Mail;

/// <summary>A mail that nobody waits for. It is written when its turn comes, and anew at each attempt: much may have changed since the last.</summary>
internal abstract class Errand
{
    /// <summary>What it is, in the log and in the audit trail.</summary>
    public abstract string Kind { get; }

    /// <param name="services">Of a scope that ends with the letter.</param>
    /// <returns>Null when there is nobody to write to.</returns>
    public abstract Task<Letter?> WriteAsync(IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>It was taken.</summary>
    public virtual void Sent(Letter letter, AuditTrail trail)
    {
    }
}
