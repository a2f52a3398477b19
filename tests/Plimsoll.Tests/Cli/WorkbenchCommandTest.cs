using Plimsoll.Catalog;
using Plimsoll.Cli;
using Plimsoll.Tests.Files;
using Plimsoll.Yaml;
using Xunit;

namespace Plimsoll.Tests.Cli;

/// <summary>The tool starts the workbench of its own build and no other.</summary>
public sealed class WorkbenchCommandTest
{
    private const int Started = 7;

    [Fact]
    public void A_workbench_of_another_build_is_refused_and_one_of_the_same_is_started()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for the workbench is a shell script.");
            return;
        }
        using var folder = new TempFolder();
        var program = folder.File("Plimsoll.Web", $"#!/bin/sh\nexit {Started}\n");
        File.SetUnixFileMode(
            program,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        (int Exit, string Out, string Error) Run(Type? library)
        {
            var at = folder.In("Plimsoll.dll");
            File.Delete(at);
            if (library is not null)
            {
                File.Copy(library.Assembly.Location, at);
            }
            return CommandLine.Run(() => WorkbenchCommand.Start(program, []));
        }
        var own = Run(typeof(FactCatalog));
        Assert.Equal((Started, ""), (own.Exit, own.Error));
        var other = Run(typeof(YamlInput));
        Assert.Equal(ExitCode.Unanswerable, other.Exit);
        foreach (var type in new[] { typeof(FactCatalog), typeof(YamlInput) })
        {
            Assert.Contains(
                type.Assembly.ManifestModule.ModuleVersionId.ToString("N"),
                other.Error,
                StringComparison.Ordinal
            );
        }
        var untold = Run(null);
        Assert.Equal(Started, untold.Exit);
        Assert.Contains("cannot be told", untold.Error, StringComparison.Ordinal);
    }
}
