using System.Data.Common;

namespace Plimsoll.Jobs.Sql;

/// <summary>Statements within one transaction.</summary>
internal sealed class LedgerSession(
    DbConnection connection,
    DbTransaction transaction,
    CancellationToken cancellation
)
{
    /// <summary>Runs a statement.</summary>
    /// <returns>Rows that it changed.</returns>
    public async Task<int> Execute(string sql, params IEnumerable<(string, object)> values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Runs a query.</summary>
    public async Task<IReadOnlyList<T>> Query<T>(
        string sql,
        Func<DbDataReader, T> read,
        params IEnumerable<(string, object)> values
    )
    {
        await using var command = Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation))
        {
            found.Add(read(rows));
        }
        return found;
    }

    private DbCommand Command(string sql, IEnumerable<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every statement is a constant of this folder; what users write goes in as values.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
