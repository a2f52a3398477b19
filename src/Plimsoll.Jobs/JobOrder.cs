namespace Plimsoll.Jobs;

/// <summary>A job to be entered in the ledger: one study of the workbench, or all studies of a sweep.</summary>
/// <param name="Id">Its name in the ledger, chosen by who enters it: entering the same again resumes it. Letters, digits, points and dashes, 1 to 100.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Engine">What its runs must be run by; a worker of another version leaves it alone.</param>
public sealed record JobOrder(string Id, string Name, EngineVersion Engine)
{
    /// <summary>Who shares the machines: workers are shared out among workspaces.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>Who entered it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Jobs of a higher priority go first; jobs of one priority share the workers by workspace.</summary>
    public int Priority { get; init; }

    /// <summary>Anything that belongs to the job and is not needed to run it, for example the file it was made from.</summary>
    public string Content { get; init; } = "";
}
