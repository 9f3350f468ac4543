namespace Gateway.Login.KeptForms;

/// <summary>Where sealed forms wait; it forgets them by itself.</summary>
internal interface IFormStore
{
    Task PutAsync(string key, byte[] content, TimeSpan lifetime, CancellationToken cancellationToken);

    Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Other content for the rest of its time; nothing happens to what is not there any more.</summary>
    Task ReplaceAsync(string key, byte[] content, CancellationToken cancellationToken);

    /// <summary>Gives it to one of all those who ask at the same time, on whatever node, and to nobody after that.</summary>
    Task<byte[]?> TakeAsync(string key, CancellationToken cancellationToken);
}
