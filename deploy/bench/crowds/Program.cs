// Run by the scripts beside this folder, which start the gateway and what it needs:
//   users COUNT                    users to import, all with the same password
//   browsers                       remembers a browser of each user in the database, and prints their cookies
//   storm URL REDIS FILE RATE ROUNDS   the browsers of that file come back after a flush of Redis; then many log in
//   fill REDIS COUNT               writes so many sessions into an empty Redis, and tells what each costs there
//   visit URL COUNT VISITS         so many requests of those sessions, as fast as they are answered
//   sessions FEW URL REDIS PROCESS COUNT RATE ROUNDS   requests drawn at random, in turns: from the thousand of a gateway with few, and from all
using System.Globalization;
using Crowds;
using StackExchange.Redis;

switch (args)
{
    case ["users", var count]:
        Remembering.WriteUsers(Number(count), Console.Out);
        return 0;
    case ["browsers"]:
        await Remembering.WriteBrowsersAsync(Console.Out);
        return 0;
    case ["storm", var url, var redis, var file, var rate, var rounds]:
        using (var site = new Site(url))
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis + ",allowAdmin=true");
            var visitors = Visitor.Read(file);
            var restores = await new RestoreStorm(site, connection.GetDatabase(), visitors, Number(rate)).RunAsync(Number(rounds));
            var logins = await new LoginStorm(site, visitors, Number(rate)).RunAsync();
            Console.WriteLine(restores && logins ? "Everything holds." : "Not everything holds.");
            return restores && logins ? 0 : 1;
        }

    case ["fill", var redis, var count]:
        {
            const int most = 600;
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
            var figures = new RedisFigures(connection.GetDatabase());
            var before = await figures.UsedMemoryAsync();
            await SessionFill.RunAsync(Number(count));
            var each = (await figures.UsedMemoryAsync() - before) / Number(count);
            Console.WriteLine($"{count} sessions take {each} bytes each in Redis, their users' indexes included (at most {most} is good)");
            return each <= most ? 0 : 1;
        }

    case ["visit", var url, var count, var visits]:
        using (var site = new Site(url))
            return await SessionVisits.AsFastAsPossibleAsync(site, Number(count), Number(visits)) == 0 ? 0 : 1;

    case ["sessions", var fewUrl, var url, var redis, var process, var count, var rate, var rounds]:
        using (var few = new Site(fewUrl))
        using (var site = new Site(url))
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis + ",allowAdmin=true");
            var figures = new RedisFigures(connection.GetDatabase());
            await figures.ForgetCallsAsync();
            var cpu = await figures.CpuSecondsAsync();
            var load = new SessionLoad(few, site, Number(process), Number(count), Number(rate));
            var isRight = await load.RunAsync(Number(rounds));
            var each = (await figures.CpuSecondsAsync() - cpu) / load.Visits * 1_000_000;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The Redis of {count} spent {each:0} µs of processor time on each visit, with what it does by itself"));
            var searches = await figures.SearchesAsync();
            Console.WriteLine($"KEYS and SCAN were called {searches} times");
            return isRight && searches == 0 ? 0 : 1;
        }

    default:
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
