using Gateway.Users;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Operations.Management.Health;

internal sealed class DatabaseProbe(IServiceScopeFactory scopes) : IProbe
{
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        // A table's own row: SQLite answers "SELECT 1" without looking at the file.
        await scope.ServiceProvider.GetRequiredService<UserDatabase>().Users.AnyAsync(cancellationToken);
    }
}
