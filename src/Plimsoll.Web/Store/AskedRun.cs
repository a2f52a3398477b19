namespace Plimsoll.Web.Store;

/// <summary>One run that was asked for: its text and draws are fixed; where it stands is the ledger's to say.</summary>
public sealed class AskedRun
{
    public required string Id { get; set; }
    public required string WorkspaceId { get; set; }
    public required string StudyId { get; set; }
    public required int StudyRevision { get; set; }
    public required string Name { get; set; }
    public required string Text { get; set; }
    public required int Draws { get; set; }
    public required string StudySha256 { get; set; }
    public required string CatalogSha256 { get; set; }
    public required string Engine { get; set; }

    /// <summary>Name of its result in the ledger.</summary>
    public required string ResultKey { get; set; }
    public required string RequestedBy { get; set; }
    public required long Requested { get; set; }

    /// <summary>The key under which it was asked for: asked again, it is the same run; null for none.</summary>
    public string? AskedAs { get; set; }
    public string SignedBy { get; set; } = "";
    public long Signed { get; set; }
}

/// <summary>What a result says in short, by the name of the result.</summary>
public sealed class AnswerRow
{
    public required string ResultKey { get; set; }
    public required string Verdict { get; set; }
    public required string Headline { get; set; }
    public required string Question { get; set; }
    public required string ResultSha256 { get; set; }
    public required long At { get; set; }
}

/// <summary>One file that belongs to a result.</summary>
public sealed class RunFileRow
{
    public required string ResultKey { get; set; }
    public required string Name { get; set; }
    public required byte[] Bytes { get; set; }
    public required string Sha256 { get; set; }
}
