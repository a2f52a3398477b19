using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Plimsoll.Cluster.Tests;

/// <summary>A PostgreSQL of our own: a database cluster in a temporary folder, on a free port of this machine, gone with the test.</summary>
public sealed class Postgres : IDisposable
{
    private readonly string _folder;
    private readonly string _bin;

    private Postgres(string folder, string bin, int port) =>
        (_folder, _bin, Port) = (folder, bin, port);

    public int Port { get; }

    public string Address => $"postgres://postgres@127.0.0.1:{Port}/postgres";

    /// <summary>Starts one; without PostgreSQL the test is skipped, and fails where CI should have installed it.</summary>
    public static Postgres Start()
    {
        if (Bin() is not { } bin)
        {
            Assert.False(
                Environment.GetEnvironmentVariable("CI") == "true",
                "PostgreSQL is not installed."
            );
            Assert.Skip("PostgreSQL is not installed (apt-get install postgresql).");
            throw new UnreachableException();
        }
        var folder = Directory.CreateTempSubdirectory("plimsoll-postgres").FullName;
        var database = new Postgres(folder, bin, FreePort());
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", folder);
        }
        database.Command(
            "initdb",
            "-D",
            database.Data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync"
        );
        database.StartAgain();
        return database;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Stops it as a power cut of the database would: all connections break at once.</summary>
    public void Stop() => Command("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public void StartAgain() =>
        Command(
            "pg_ctl",
            "-D",
            Data,
            "-w",
            "-t",
            "60",
            "-l",
            Path.Combine(_folder, "log"),
            "-o",
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder}",
            "start"
        );

    public void Dispose()
    {
        try
        {
            Stop();
        }
        catch (InvalidOperationException)
        {
            // A test left it stopped.
        }
        Directory.Delete(_folder, recursive: true);
    }

    private void Command(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        if (Environment.IsPrivilegedProcess)
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // No pipes: the server would hold them open after pg_ctl has ended.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]
        )
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    private static string? Bin() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb")))
                .OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
