using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Jobs;

/// <summary>One study to be run: everything that its result depends on but the engine and the catalogue.</summary>
public sealed record RunOrder
{
    /// <summary>Text of the study file (YAML).</summary>
    public required string Study { get; init; }

    /// <summary>What is set in the study before it is run, as <see cref="StudyChange.Write"/> writes it; empty for nothing.</summary>
    public string Changes { get; init; } = "";

    /// <summary>Seed in place of the study's own; null for the study's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Joint draws of the world, 30 to 100,000.</summary>
    public int Draws { get; init; } = 2000;

    /// <summary>Paths into the result document that are kept (<c>verdict.grade</c>, <c>options[0].equityNpv.p50</c>); empty to keep the whole document.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Who shares the result: it answers the same order again only where this is the same; empty to share it with everybody.</summary>
    public string Sharing { get; init; } = "";

    /// <summary>The name under which a ledger handed the order out; null before it was entered.</summary>
    internal string? Entered { get; init; }

    /// <summary>The name of the result in the ledger: SHA-256 over engine, catalogue, study, changes, seed, draws, outputs and who shares it, lower-case hexadecimal.</summary>
    /// <param name="engine">What will run it.</param>
    public string Key(EngineVersion engine) =>
        Entered
        ?? Hash(
            string.Join(
                '\n',
                [
                    "plimsoll.run/1",
                    engine.Engine,
                    engine.Catalogue,
                    Hash(Study),
                    Hash(Changes),
                    Seed?.ToString() ?? "own",
                    Draws.ToString(),
                    .. Outputs,
                    // A line of its own that no path can be: names given before it was known stay as they are.
                    .. Sharing.Length > 0 ? new[] { "", Sharing } : [],
                ]
            )
        );

    /// <summary>SHA-256 of a text in UTF-8, lower-case hexadecimal.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
