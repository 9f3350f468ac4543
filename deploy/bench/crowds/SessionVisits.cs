namespace Crowds;

/// <summary>Visits with the sessions that <see cref="SessionFill"/> wrote.</summary>
internal static class SessionVisits
{
    private const int AtATime = 32;

    public static Visitor Owner(int number) =>
        new(Person.Number(number).Id, Person.Number(number).Email, remembering: null) { Session = $"gateway.sid={SessionFill.Id(number).Value}" };

    /// <summary>Each of the sessions in turn, so that the gateway has seen as many as it can keep copies of.</summary>
    /// <returns>How many answers were wrong.</returns>
    public static async Task<int> AsFastAsPossibleAsync(Site site, int count, int visits)
    {
        var wrong = 0;
        await Parallel.ForAsync(0, visits, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (number, _) =>
        {
            if (await site.VisitAsync(Owner(number % count)) is not null)
                Interlocked.Increment(ref wrong);
        });
        Console.WriteLine($"{visits} visits to {count} sessions, {wrong} answered wrong");
        return wrong;
    }
}
