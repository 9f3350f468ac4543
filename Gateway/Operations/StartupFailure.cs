using System.Diagnostics.CodeAnalysis;
using Gateway.Users;
using Microsoft.AspNetCore.Connections;

namespace Gateway.Operations;

/// <summary>What an operator can put right, told without a stack trace.</summary>
internal static class StartupFailure
{
    public static bool TryExplain(Exception exception, [NotNullWhen(true)] out string? message)
    {
        message = exception switch
        {
            ConfigurationException fault => fault.Message,
            InvalidDataException => $"{exception.Message} {exception.GetBaseException().Message}",
            FormatException { TargetSite.DeclaringType: { } type } when type == typeof(BindingAddress) => $"Urls: {exception.Message}",
            IOException { InnerException: AddressInUseException } => $"Urls: {exception.Message}",
            _ when DatabaseFault.Is(exception) => $"{UserConnection.Key}: the user database can't be used: {DatabaseFault.Reason(exception)}",
            _ => null,
        };
        return message is not null;
    }

    /// <summary>Tells the operator; exit code 1.</summary>
    public static int Report(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
