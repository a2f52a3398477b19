namespace Plimsoll.Jobs;

/// <summary>Why the ledger did not answer.</summary>
public enum LedgerFault
{
    /// <summary>The database cannot be reached, is starting or stopping, or broke off: worth another try.</summary>
    Unreachable,

    /// <summary>Others hold what is asked for: worth another try.</summary>
    Busy,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The database refuses: no such database, no right, a file that may not be written.</summary>
    Refused,

    /// <summary>The ledger was made by a later version of this program.</summary>
    LaterVersion,

    /// <summary>The job belongs to another version of the engine or of the catalogue.</summary>
    MixedEngines,

    /// <summary>What was read is damaged or is no ledger.</summary>
    Damaged,
}

/// <summary>The ledger did not answer; nothing that it holds was lost, and the same command takes up where it stood.</summary>
public sealed class LedgerException : Exception
{
    /// <summary>Builds the exception.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="message">A sentence for the user, without passwords.</param>
    /// <param name="cause">What the database said; null for none.</param>
    public LedgerException(LedgerFault fault, string message, Exception? cause = null)
        : base(message, cause) => Fault = fault;

    /// <summary>Why.</summary>
    public LedgerFault Fault { get; }

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient => Fault is LedgerFault.Unreachable or LedgerFault.Busy;
}
