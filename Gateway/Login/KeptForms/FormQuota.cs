using Gateway.Login.Throttle;

namespace Gateway.Login.KeptForms;

/// <summary>
/// How much this node keeps, in all and of each address: anybody may send forms. What was taken comes back by time alone, so that nobody
/// gets more by beginning often.
/// </summary>
internal sealed class FormQuota(KeptFormSettings settings, TimeProvider clock)
{
    // What the smallest one costs.
    private const int Least = 4096;

    private readonly Lock gate = new();
    private readonly Queue<Share> shares = [];
    private readonly Dictionary<string, int> perAddress = new(StringComparer.Ordinal);
    private long total;

    /// <param name="size">The most bytes that will be kept.</param>
    public bool TryTake(ClientAddress address, long size)
    {
        var (now, hash, weight) = (clock.GetUtcNow(), address.Hash, Math.Max(size, Least));
        lock (gate)
        {
            Forget(now);
            var count = perAddress.GetValueOrDefault(hash);
            // Nobody's address is everybody's.
            if ((count >= settings.MaxPerAddress && !address.IsLocal) || (total > 0 && total + weight > settings.MaxTotal))
                return false;
            perAddress[hash] = count + 1;
            total += weight;
            shares.Enqueue(new Share(hash, weight, now + settings.KeepFor));
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (shares.TryPeek(out var share) && share.Until <= now)
        {
            shares.Dequeue();
            total -= share.Weight;
            if (--perAddress[share.Address] == 0)
                perAddress.Remove(share.Address);
        }
    }

    private readonly record struct Share(string Address, long Weight, DateTimeOffset Until);
}
