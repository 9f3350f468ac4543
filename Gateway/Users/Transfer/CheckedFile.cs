using Gateway.Users.LegacyHashes;
using Microsoft.AspNetCore.Identity;

namespace Gateway.Users.Transfer;

/// <summary>A file of users by itself: which of its lines are users, with which kinds of hashes, and what is wrong with the others.</summary>
internal sealed class CheckedFile(ILookupNormalizer normalizer)
{
    private const string NoPassword = "no password";

    private readonly Dictionary<string, int> emails = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);

    public List<CheckedLine> Users { get; } = [];

    public SortedDictionary<string, int> Formats { get; } = new(StringComparer.Ordinal);

    public List<ImportFault> Faults { get; } = [];

    public void Add(UserLine line)
    {
        if (line.Record is not { } record)
        {
            Faults.Add(new ImportFault(line.Line, line.Malformed!));
            return;
        }

        if (record.Fault() is { } fault)
        {
            Faults.Add(new ImportFault(line.Line, fault));
            return;
        }

        var email = normalizer.NormalizeEmail(record.Email)!;
        if (!emails.TryAdd(email, line.Line))
            Faults.Add(new ImportFault(line.Line, $"{record.Email} is on line {emails[email]} already"));
        else if (record.Id is not null && !ids.TryAdd(record.Id, line.Line))
            Faults.Add(new ImportFault(line.Line, $"the id {record.Id} is on line {ids[record.Id]} already"));
        else
            AddWithHash(line.Line, record, email);
    }

    private void AddWithHash(int line, UserRecord record, string email)
    {
        try
        {
            var hash = record.ReadHash();
            var format = hash?.Format ?? NoPassword;
            Formats[format] = Formats.GetValueOrDefault(format) + 1;
            Users.Add(new CheckedLine(line, record, email, hash?.Text));
        }
        catch (MalformedHashException exception)
        {
            Faults.Add(new ImportFault(line, $"hash: {exception.Message}"));
        }
    }
}

/// <param name="Hash">As the database is to keep it.</param>
internal sealed record CheckedLine(int Line, UserRecord Record, string NormalizedEmail, string? Hash);
