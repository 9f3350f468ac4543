using System.Globalization;

namespace Bench.Load;

/// <summary>A process with all that it started, as the kernel counts it.</summary>
internal static class ProcessTree
{
    // USER_HZ, the unit of /proc for every Linux.
    private const double Ticks = 100;

    /// <summary>The processor time so far, in seconds, with that of children that have ended.</summary>
    public static double CpuSeconds(int root) => Members(root).Sum(id => Stat(id).Skip(11).Take(4).Sum(field => long.Parse(field, CultureInfo.InvariantCulture))) / Ticks;

    /// <summary>A line of /proc/PID/status such as VmRSS or VmHWM, in megabytes.</summary>
    public static double Megabytes(int root, string line) => Members(root).Sum(id => Kilobytes(id, line)) / 1024.0;

    private static IEnumerable<int> Members(int root)
    {
        yield return root;
        foreach (var thread in Directory.GetDirectories($"/proc/{root}/task"))
        {
            var children = File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var member in children.SelectMany(child => Members(int.Parse(child, CultureInfo.InvariantCulture))))
                yield return member;
        }
    }

    // What follows the name, which may contain spaces: the state is the first.
    private static string[] Stat(int id)
    {
        var line = File.ReadAllText($"/proc/{id}/stat");
        return line[(line.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static long Kilobytes(int id, string line)
    {
        var found = File.ReadLines($"/proc/{id}/status").FirstOrDefault(entry => entry.StartsWith(line + ":", StringComparison.Ordinal));
        return found is null ? 0 : long.Parse(found.AsSpan(line.Length + 1).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }
}
