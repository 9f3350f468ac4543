namespace Bench;

/// <summary>What was asked for.</summary>
/// <param name="Built">The folder in which everything was built.</param>
/// <param name="Rows">Names of rows; none means all.</param>
/// <param name="Before">Another published gateway to compare with.</param>
/// <param name="Set">Rows of gateways with an environment variable of their own: NAME:KEY=VALUE.</param>
/// <param name="Rate">Requests a second in the open loop; 0 leaves it out.</param>
/// <param name="Grow">What to have more and more of, instead of the usual table.</param>
internal sealed record Options(
    string Built, string[] Rows, string? Before, string[] Set, int Rounds, int Seconds, int WarmUp, int Connections, int Rate, string? Csv, string[] Grow);
