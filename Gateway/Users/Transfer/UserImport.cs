using Gateway.Audit;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Users.Transfer;

/// <summary>
/// Brings users in from a file: all of them or, when any line has a fault, none. Who is there already, by id or else by e-mail, is
/// updated; fields that the file does not have stay as they are.
/// </summary>
internal sealed class UserImport(UserDatabase database, ILookupNormalizer normalizer, AuditedChange audited, TimeProvider clock)
{
    // What a person can look through.
    private const int MostFaults = 200;

    /// <param name="progress">Told what is done of how much, again and again.</param>
    public async Task<ImportOutcome> RunAsync(
        IReadOnlyList<UserLine> lines, ImportOptions options, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var file = new CheckedFile(normalizer);
        foreach (var (index, line) in lines.Index())
        {
            file.Add(line);
            progress(new ImportProgress("Checking", index + 1, lines.Count));
        }

        var plan = await ImportPlan.MakeAsync(file, options, database, normalizer, clock, cancellationToken);
        var faults = file.Faults.Concat(plan.Faults).OrderBy(fault => fault.Line).ToList();
        if (faults.Count == 0 && !options.DryRun)
            await WriteAsync(plan, progress, cancellationToken);
        // Nothing was, where a line is refused.
        var (added, updated, unchanged) = faults.Count == 0 || options.DryRun ? (plan.Added.Count, plan.Updated, plan.Unchanged) : default;
        return new ImportOutcome(options.DryRun, added, updated, unchanged, file.Formats, faults.Count, faults[..Math.Min(faults.Count, MostFaults)]);
    }

    private async Task WriteAsync(ImportPlan plan, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var (done, total) = (0, plan.Added.Count + plan.NewMemberships.Count);
        await audited.MakeAsync(
            async () =>
            {
                await database.SaveChangesAsync(cancellationToken);
                await database.BulkInsertAsync(plan.Added, Report, cancellationToken);
                await database.BulkInsertAsync(plan.NewMemberships, Report, cancellationToken);
                return new AuditEvent
                {
                    Action = AuditActions.UsersImported,
                    Actor = AuditParty.Operator,
                    Detail = AuditDetail.Of(("as", Environment.UserName), ("added", plan.Added.Count), ("updated", plan.Updated)),
                };
            },
            cancellationToken);

        void Report(int rows) => progress(new ImportProgress("Writing", done += rows, total));
    }
}

/// <summary>How far it is, in lines or rows.</summary>
internal readonly record struct ImportProgress(string Step, int Done, int Total);
