namespace Gateway.Operations;

/// <summary>What is configured can't be done. The message names the key, and is all that an operator is shown.</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
