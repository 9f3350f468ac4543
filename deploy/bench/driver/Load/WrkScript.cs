using System.Globalization;

namespace Bench.Load;

/// <summary>What wrk needs a script for: several paths, and bodies. Requests are made before the first is sent.</summary>
internal static class WrkScript
{
    /// <summary>Null where wrk's own arguments are enough.</summary>
    public static string? For(Ask ask)
    {
        if (ask.Paths.Count == 1 && ask.Body is null)
            return null;
        var body = string.Create(CultureInfo.InvariantCulture, $"wrk.method = '{ask.Method}'\nwrk.body = string.rep('x', {ask.Body ?? 0})\n");
        return ask.Paths.Count == 1 ? body : $$"""
            local paths = { {{string.Join(", ", ask.Paths.Select(path => $"'{path}'"))}} }
            local requests, turn = {}, 0
            function init()
              for number, path in ipairs(paths) do requests[number] = wrk.format(nil, path) end
            end
            function request()
              turn = turn % #requests + 1
              return requests[turn]
            end
            """;
    }
}
