using MimeKit;

namespace Gateway.Mail;

/// <summary>Writes each mail into a file of its own, which mail programs open.</summary>
internal sealed class PickupFolder(string folder) : IMailTransport
{
    // A link that is broken into two lines can't be copied from the file (RFC 5322 section 2.1.1).
    private const int LongestLine = 998;

    private static readonly FormatOptions Format = Dos();

    public string Key => $"{MailSettings.Section}:{nameof(MailSettings.PickupFolder)}";

    public string Target => folder;

    public Task SendAsync(MimeMessage mail, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var file = Path.Combine(folder, $"{mail.Date.UtcDateTime:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid():N}.eml");
        var draft = Path.ChangeExtension(file, ".draft");
        mail.Prepare(EncodingConstraint.SevenBit, LongestLine);
        await using (var stream = new FileStream(draft, ForThisAccountAlone()))
            await mail.WriteToAsync(Format, stream, cancellationToken);
        // Whoever watches the folder sees whole mails only.
        File.Move(draft, file);
    });

    public Task TryAsync(CancellationToken cancellationToken) => TryAsync(() =>
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.draft");
        File.Create(file).Dispose();
        File.Delete(file);
        return Task.CompletedTask;
    });

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw MailFailedException.Because(exception.Message, isFinal: false, exception);
        }
    }

    // Its links open accounts.
    private static FileStreamOptions ForThisAccountAlone()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static FormatOptions Dos()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
