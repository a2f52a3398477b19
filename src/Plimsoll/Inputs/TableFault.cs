namespace Plimsoll.Inputs;

/// <summary>Why a table cannot be read, with its place.</summary>
public static class TableFault
{
    private const string Key = "plimsoll.finding";

    /// <summary>The exception of a fault.</summary>
    /// <param name="file">Name of the table, as the user wrote it.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="fault">What is wrong and what to do, in a sentence.</param>
    internal static InvalidDataException At(string file, int line, string fault)
    {
        var exception = new InvalidDataException($"{file}:{line}: {fault}");
        exception.Data[Key] = new LocatedFinding(
            file,
            line,
            1,
            new Finding(
                InputPath.Root,
                "table",
                fault.TrimEnd('.'),
                "a table with as many cells in each row as its header has",
                "Mend the row."
            )
        );
        return exception;
    }

    /// <summary>The fault as a finding at its line; null of an exception that is none.</summary>
    /// <param name="exception">Any exception.</param>
    public static LocatedFinding? Of(Exception exception) => exception?.Data[Key] as LocatedFinding;
}
