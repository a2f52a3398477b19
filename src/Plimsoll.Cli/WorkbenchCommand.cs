using System.CommandLine;
using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Plimsoll.Catalog;
using Plimsoll.Files;

namespace Plimsoll.Cli;

/// <summary><c>workbench</c> and <c>mcp</c>: start the program of the pages, which is one of its own and no part of this tool; one of another build is refused, for it would answer otherwise.</summary>
internal static class WorkbenchCommand
{
    /// <summary>Environment variable that says where that program lies.</summary>
    private const string Variable = "PLIMSOLL_WORKBENCH";

    private const long MostLibraryBytes = 1L << 30;

    /// <summary>The workbench in a browser.</summary>
    public static Command Create() =>
        Of(
            "workbench",
            "Start the workbench: the same answers in a browser, on this machine alone unless set up for a team.",
            []
        );

    /// <summary>The tools of the Model Context Protocol on standard input and output.</summary>
    public static Command CreateMcp() =>
        Of(
            "mcp",
            "Answer programs in the Model Context Protocol on standard input and output.",
            ["mcp"]
        );

    private static Command Of(string name, string description, string[] first)
    {
        var further = new Argument<string[]>("settings")
        {
            Description = "Settings handed on, such as --urls=http://127.0.0.1:5080; after --.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        further.Validators.Add(result =>
        {
            foreach (
                var setting in result
                    .Tokens.Select(t => t.Value)
                    .Where(v => !v.Contains('=', StringComparison.Ordinal))
            )
            {
                result.AddError(
                    $"'{setting}' is no setting; expected --name=value, such as --urls=http://127.0.0.1:5080."
                );
            }
        });
        var command = new Command(name, description) { further };
        command.SetAction(result => Start([.. first, .. result.GetValue(further) ?? []]));
        return command;
    }

    private static int Start(string[] args)
    {
        if (Find() is not { } program)
        {
            Console.Error.WriteLine(
                $"The workbench is a program of its own, Plimsoll.Web, and is not installed beside this tool. From the sources: dotnet run -c Release --project src/Plimsoll.Web. Or say where it lies in {Variable}."
            );
            return ExitCode.Unanswerable;
        }
        return Start(program, args, Become);
    }

    /// <summary>Starts a program of the pages, unless its library is of another build than this tool's.</summary>
    internal static int Start(string program, string[] args) => Start(program, args, Beside);

    private static int Start(string program, string[] args, Func<string, string[], int> run)
    {
        var own = typeof(FactCatalog).Assembly.ManifestModule.ModuleVersionId;
        var its = Library(program);
        if (its is null)
        {
            Console.Error.WriteLine(
                $"Whether {program} is of the same build as this tool cannot be told: its library does not lie beside it."
            );
        }
        else if (its != own)
        {
            Console.Error.WriteLine(
                $"{program} is the workbench of another build than this tool: its library is {its:N}, this tool's {own:N}, and the same study may be answered otherwise there. Put the workbench of the same release beside the tool, name it in {Variable}, or start that one by itself."
            );
            return ExitCode.Unanswerable;
        }
        return run(program, args);
    }

    /// <summary>Becomes the program, so that whoever ends this process ends it: nothing is left running beside a parent that is gone.</summary>
    private static int Become(string program, string[] args)
    {
        if (!OperatingSystem.IsWindows())
        {
            Console.Out.Flush();
            // Returns only where it could not.
            nint[] words = [.. args.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), 0];
            _ = execv(words[0], words);
            Array.ForEach(words, Marshal.FreeCoTaskMem);
        }
        return Beside(program, args);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int execv(nint path, nint[] args);

    private static int Beside(string program, string[] args)
    {
        using var started =
            Process.Start(new ProcessStartInfo(program, args) { UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start.");
        started.WaitForExit();
        return started.ExitCode;
    }

    /// <summary>Identity of the build of the library with which a program would compute; null where it does not lie beside the program.</summary>
    private static Guid? Library(string program)
    {
        var library = Path.Combine(
            Path.GetDirectoryName(program) ?? "",
            typeof(FactCatalog).Assembly.GetName().Name + ".dll"
        );
        try
        {
            using var image = new PEReader([.. InputFile.Read(library, MostLibraryBytes).Bytes]);
            var metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception e)
            when (e is FileRefusedException or BadImageFormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "Plimsoll.Web.exe" : "Plimsoll.Web";
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string?[] places =
        [
            Environment.GetEnvironmentVariable(Variable),
            Path.Combine(here, name),
            // Built from the sources: beside this tool's own folder, in the same configuration.
            Path.GetFullPath(
                Path.Combine(here, "..", "..", "Plimsoll.Web", Path.GetFileName(here), name)
            ),
        ];
        return places.FirstOrDefault(p =>
            !string.IsNullOrEmpty(p) && FileFacts.Of(p).Kind == FileKind.Regular
        );
    }
}
