using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>What a setting cannot mean ends the start with a sentence.</summary>
public sealed class SettingTest
{
    [Theory]
    [InlineData("Acounts", "true")]
    [InlineData("Accounts", "maybe")]
    [InlineData("Database", "mysql")]
    [InlineData("Connection", "Host=x")]
    [InlineData("FirstPassword", "short")]
    [InlineData("FirstUser", "")]
    [InlineData("RunsAtOnce", "-1")]
    [InlineData("RunThreads", "-1")]
    [InlineData("RunsPerUser", "0")]
    [InlineData("MostDraws", "abc")]
    [InlineData("MostDraws", "-5")]
    [InlineData("MostMonths", "0")]
    [InlineData("MostMegabytes", "NaN")]
    [InlineData("MostMinutes", "0")]
    [InlineData("MostPortfolioMinutes", "-1")]
    [InlineData("MostStudyBytes", "-1")]
    [InlineData("MostStudies", "0")]
    [InlineData("HeldStudies", "0")]
    [InlineData("FourEyes", "true")]
    [InlineData("KeyCertificate", "/no/such/file.pfx")]
    [InlineData("BaseMap", "/no/such/image.png")]
    [InlineData("RequestsPerSecond", "0")]
    [InlineData("RequestBurst", "0")]
    [InlineData("Telemetry", "notaurl")]
    [InlineData("OpenIdAuthority", "notaurl")]
    [InlineData("OpenIdAuthority", "http://plain.example")]
    [InlineData("AllowedHosts", "http://x/")]
    [InlineData("KnownProxies", "proxy.example")]
    [InlineData("BehindTls", "yes")]
    public void An_impossible_value_is_named_with_what_is_expected(string name, string value)
    {
        var e = Assert.Throws<SettingException>(() => Read((name, value)));
        Assert.StartsWith($"Workbench:{name} ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing of the kind")]
    [InlineData("Host=x;NoSuchKey=1")]
    public void PostgreSQL_takes_a_connection_that_can_be_read(string connection)
    {
        var e = Assert.Throws<SettingException>(() =>
            Read(("Database", "postgresql"), ("Connection", connection))
        );
        Assert.StartsWith("Workbench:Connection ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_is_taken()
    {
        Assert.Equal(20_000, Read().MostDraws);
        var all = Read(
            ("accounts", "true"),
            ("database", "postgresql"),
            ("Connection", "Host=db;Database=plimsoll"),
            ("AllowedHosts", "workbench.bank.example, 10.0.0.1"),
            ("KnownProxies", "10.0.0.5; 10.1.0.0/16"),
            ("RunsAtOnce", "0")
        );
        Assert.True(all.Accounts);
        Assert.Equal(0, all.RunsAtOnce);
    }

    [Fact]
    public async Task The_program_ends_with_2_and_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        foreach (
            var (argument, name) in new[]
            {
                ("--Workbench:MostDraws=-5", "Workbench:MostDraws"),
                ("--Workbench:Accounts=true", "Workbench:FirstPassword"),
            }
        )
        {
            var start = new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Plimsoll.Web"),
                [argument, $"--Workbench:Folder={folder}", "--urls=http://127.0.0.1:0"]
            )
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(2, process.ExitCode);
            Assert.StartsWith(name, said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        }
        Directory.Delete(folder, true);
    }

    private static WorkbenchSettings Read(params (string Name, string Value)[] given) =>
        SettingRules.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    given.Select(g => KeyValuePair.Create("Workbench:" + g.Name, (string?)g.Value))
                )
                .Build()
        );
}
