using System.IO.Compression;
using System.Security.Cryptography;

namespace Plimsoll.Jobs;

/// <summary>What a run came to.</summary>
/// <param name="Document">The whole result document as <c>study run</c> writes <c>result.json</c>, or the chosen outputs as one JSON object.</param>
/// <param name="Sha256">SHA-256 of the whole result document, lower-case hexadecimal, also when only outputs are kept.</param>
public sealed record RunResult(byte[] Document, string Sha256)
{
    /// <summary>A whole document.</summary>
    public static RunResult Whole(byte[] document) =>
        new(document, Convert.ToHexStringLower(SHA256.HashData(document)));

    /// <summary>The document as it lies in the ledger.</summary>
    internal byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(Document);
        }
        return packed.ToArray();
    }

    /// <summary>Reads what lies in the ledger.</summary>
    /// <exception cref="LedgerException">It is damaged.</exception>
    internal static RunResult Unpacked(byte[] packed, string sha256)
    {
        using var document = new MemoryStream();
        try
        {
            using var stream = new BrotliStream(
                new MemoryStream(packed),
                CompressionMode.Decompress
            );
            stream.CopyTo(document);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new LedgerException(LedgerFault.Damaged, "A result in the ledger is damaged.", e);
        }
        return new RunResult(document.ToArray(), sha256);
    }
}

/// <summary>What became of a result that a worker brought.</summary>
public enum WriteOutcome
{
    /// <summary>It is the result of the run.</summary>
    Written,

    /// <summary>The run had ended before, by another worker or by a cancellation; nothing changed.</summary>
    Late,

    /// <summary>Another result of the same name was there: it stands, and the disagreement is kept as the reason of the run.</summary>
    Differs,
}
