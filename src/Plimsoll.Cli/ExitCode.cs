namespace Plimsoll.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>The command did what was asked.</summary>
    public const int Success = 0;

    /// <summary>The question cannot be answered; the reason was printed.</summary>
    public const int Unanswerable = 1;

    /// <summary>Bad usage or bad input; nothing was written.</summary>
    public const int BadInput = 2;
}
