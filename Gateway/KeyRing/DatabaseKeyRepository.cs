using System.Xml.Linq;
using Gateway.Users;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Gateway.KeyRing;

/// <summary>
/// Keeps the key ring in the user database: it must outlast Redis and a redeployment, and every gateway must have the same one.
/// </summary>
internal sealed class DatabaseKeyRepository(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var stored = Keys(scope).AsNoTracking().Select(key => key.Xml).ToList();
        return stored.ConvertAll(XElement.Parse);
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        Keys(scope).Add(new StoredKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        scope.ServiceProvider.GetRequiredService<UserDatabase>().SaveChanges();
    }

    private static DbSet<StoredKey> Keys(IServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<UserDatabase>().Set<StoredKey>();
}
