using Npgsql;

namespace Plimsoll.Jobs.Sql;

/// <summary>Reads the address of a database.</summary>
internal static class PostgresAddress
{
    /// <summary>The parts of an address.</summary>
    /// <param name="address">As <c>postgres://user@host:port/database</c>, or the pairs of a connection string.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    /// <exception cref="UriFormatException">It is no address.</exception>
    public static NpgsqlConnectionStringBuilder Parts(string address)
    {
        if (!address.Contains("://", StringComparison.Ordinal))
        {
            return new NpgsqlConnectionStringBuilder(address);
        }
        var uri = new Uri(address);
        var parts = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
        };
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            parts.Username = Uri.UnescapeDataString(user[0]);
        }
        if (user.Length > 1)
        {
            parts.Password = Uri.UnescapeDataString(user[1]);
        }
        foreach (
            var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var at = pair.Split('=', 2);
            parts[Uri.UnescapeDataString(at[0]).Replace('_', ' ')] =
                at.Length > 1 ? Uri.UnescapeDataString(at[1]) : "true";
        }
        return parts;
    }
}
