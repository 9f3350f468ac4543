namespace Pipelines.Sockets.Unofficial;

/// <summary>The peer reset the connection: StackExchange.Redis reports it as a closed socket, any other failure as an error.</summary>
public sealed class ConnectionResetException(string message, Exception? inner) : IOException(message, inner);
