using Spectre.Console;

namespace Plimsoll.Cli;

/// <summary>Writing tables that fit.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 100;

    /// <summary>Columns of text: of the terminal, or 100 when output goes into a file or a pipe.</summary>
    public static int Width =>
        Console.IsOutputRedirected ? WidthOfFiles : Math.Max(60, Console.WindowWidth);

    /// <summary>Standard output; as wide as the terminal, or 100 columns when it goes into a file or a pipe.</summary>
    public static IAnsiConsole Output()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }
        );
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }
        return console;
    }

    /// <summary>A table whose first column is words and whose others are numbers, to the right.</summary>
    public static Table Table(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < headings.Length; i++)
        {
            var column = new TableColumn(headings[i]);
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }
        return table;
    }

    /// <summary>A number with at most six digits that mean something.</summary>
    public static string Number(double value) =>
        Math.Abs(value) is >= 1e7 or (> 0 and < 1e-4)
            ? value.ToString("0.#####e+0")
            : value.ToString(Math.Abs(value) >= 1000 ? "#,0.###" : "0.######");
}
