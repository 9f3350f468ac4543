namespace Gateway.Administration.Figures;

/// <summary>What goes on at the moment.</summary>
/// <param name="Sessions">Absent while they are counted for the first time.</param>
internal sealed record LiveFigures(DateTimeOffset At, Activity LastHour, Activity LastDay, SessionCount? Sessions);
