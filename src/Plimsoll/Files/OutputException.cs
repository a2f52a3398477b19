namespace Plimsoll.Files;

/// <summary>Why a folder of outputs was not written.</summary>
public enum OutputFault
{
    /// <summary>Another run is writing into it.</summary>
    Busy,

    /// <summary>It holds something else, and nobody said that it may be replaced.</summary>
    HoldsAnother,

    /// <summary>The disk is full, read-only or failing, or the place may not be written.</summary>
    CannotWrite,
}

/// <summary>Outputs were not written; what stood there before stands there still.</summary>
public sealed class OutputException : Exception
{
    /// <summary>Builds the exception.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="message">A sentence for the user.</param>
    /// <param name="cause">What the system said; null for none.</param>
    public OutputException(OutputFault fault, string message, Exception? cause = null)
        : base(message, cause) => Fault = fault;

    /// <summary>Why.</summary>
    public OutputFault Fault { get; }

    /// <summary>Words what the system said about a write.</summary>
    /// <param name="folder">Where, as the user wrote it.</param>
    /// <param name="cause">What the system said.</param>
    internal static OutputException Of(string folder, Exception cause)
    {
        const int NoSpace = 28;
        const int ReadOnly = 30;
        const int Quota = 122;
        var why = cause switch
        {
            UnauthorizedAccessException => "it may not be written",
            { HResult: NoSpace or Quota } => "the disk is full",
            { HResult: ReadOnly } => "it is on a read-only disk",
            DirectoryNotFoundException => "a part of its path is not there",
            _ => "the disk refused the write",
        };
        return new OutputException(
            OutputFault.CannotWrite,
            $"Nothing was written to '{Inputs.InputText.Cut(folder)}': {why}. What stood there before is untouched.",
            cause
        );
    }
}
