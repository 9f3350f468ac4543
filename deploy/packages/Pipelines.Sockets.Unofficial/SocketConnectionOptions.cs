namespace Pipelines.Sockets.Unofficial;

/// <summary>StackExchange.Redis asks for none.</summary>
[Flags]
public enum SocketConnectionOptions
{
    None = 0,
}
