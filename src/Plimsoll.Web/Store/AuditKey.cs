using System.Security.Cryptography;

namespace Plimsoll.Web.Store;

/// <summary>The secret with which the chain of the audit is hashed: it lies in the program's folder and not in the database, so that the database's owner cannot make another chain.</summary>
/// <param name="bytes">The secret.</param>
internal sealed class AuditKey(byte[] bytes)
{
    private const string Name = "audit.key";
    private const int Length = 32;

    /// <summary>The secret of a folder, made where it is missing; servers that share the folder share it.</summary>
    public static AuditKey In(WorkbenchSettings settings)
    {
        var file = DataFolder.Private(settings, Name);
        using var turn = new FileStream(
            file,
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        var secret = new byte[Length];
        if (turn.Length >= Length)
        {
            turn.ReadExactly(secret);
            return new AuditKey(secret);
        }
        RandomNumberGenerator.Fill(secret);
        turn.SetLength(0);
        turn.Write(secret);
        turn.Flush(flushToDisk: true);
        return new AuditKey(secret);
    }

    /// <summary>The hash of a row upon that of the row before it.</summary>
    /// <param name="before">Hash of the row before; empty for the first.</param>
    /// <param name="number">Its number in the workspace, from 1.</param>
    /// <param name="row">The row.</param>
    public string Hash(string before, long number, AuditRow row) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(
                bytes,
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                    new object[]
                    {
                        before,
                        number,
                        row.Id,
                        row.WorkspaceId,
                        row.At,
                        row.By,
                        row.Action,
                        row.Subject,
                        row.Detail,
                    }
                )
            )
        );
}
