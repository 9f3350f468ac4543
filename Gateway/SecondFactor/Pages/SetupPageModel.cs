namespace Gateway.SecondFactor.Pages;

/// <summary>What the page shows on which an authenticator app is set up.</summary>
/// <param name="Action">Where the confirming code is sent to.</param>
/// <param name="ReturnAddress">Already sanitized.</param>
/// <param name="Ticket">The secret as the form brings it back.</param>
/// <param name="Secret">The same for the visitor, in groups.</param>
/// <param name="Failure">In the visitor's language.</param>
public sealed record SetupPageModel(string Action, string ReturnAddress, string Ticket, string Secret, QrPicture Picture, string? Failure)
{
    /// <summary>The login goes on only with it.</summary>
    public bool IsRequired { get; init; }
}
