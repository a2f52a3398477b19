using System.Text;

namespace Plimsoll.Cli;

/// <summary>Standard output that outlives a full disk or a closed pipe: what cannot be written is let go, and known.</summary>
/// <param name="next">Where it goes.</param>
internal sealed class StandardOutput(TextWriter next) : TextWriter
{
    /// <summary>True once something could not be written.</summary>
    public bool HasFailed { get; private set; }

    public override Encoding Encoding => next.Encoding;

    public override void Write(char value) => Try(() => next.Write(value));

    public override void Write(char[] buffer, int index, int count) =>
        Try(() => next.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => next.Write(value));

    // Lines that are no text stay what they are: a writer further on may know them.
    public override void WriteLine(object? value) => Try(() => next.WriteLine(value));

    public override void Flush() => Try(next.Flush);

    private void Try(Action write)
    {
        if (HasFailed)
        {
            return;
        }
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            HasFailed = true;
        }
    }
}
