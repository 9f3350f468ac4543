namespace Gateway.Pages;

internal static class FormBody
{
    /// <exception cref="InvalidDataException">It is no form that could be read.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (NotSupportedException exception)
        {
            // The client named a character set that .NET refuses, as it does UTF-7.
            throw new InvalidDataException("The character set of the form is not supported.", exception);
        }
    }
}
