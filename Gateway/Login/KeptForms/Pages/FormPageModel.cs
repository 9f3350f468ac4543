namespace Gateway.Login.KeptForms.Pages;

/// <summary>What the page shows that asks whether a kept form is to be sent.</summary>
/// <param name="Target">Path and query, on this origin.</param>
/// <param name="Fields">Null when nobody can read them.</param>
public sealed record FormPageModel(string Id, string Host, string Target, DateTimeOffset Until, FormFields? Fields)
{
    public string Path => Target.IndexOf('?', StringComparison.Ordinal) is var end and >= 0 ? Target[..end] : Target;
}
