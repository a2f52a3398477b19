namespace Plimsoll.Web;

/// <summary>How the workbench is set up: section <c>Workbench</c> of the configuration, or environment variables <c>Workbench__Accounts=true</c>.</summary>
internal sealed class WorkbenchSettings
{
    /// <summary>True for a team: people sign in. False for one person on this machine, who is let in from loopback alone.</summary>
    public bool Accounts { get; set; }

    /// <summary>sqlite or postgresql.</summary>
    public string Database { get; set; } = "sqlite";

    /// <summary>Folder of the database file and of the keys of cookies; empty for the user's own.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Connection string; empty for a file in the folder of the user's own data.</summary>
    public string Connection { get; set; } = "";

    /// <summary>Threads of a run; 0 for all but one, which stays free for what is asked live.</summary>
    public int RunThreads { get; set; }

    /// <summary>Runs computed at the same time by this process; 0 for a server that only serves pages.</summary>
    public int RunsAtOnce { get; set; } = 1;

    /// <summary>Runs of one user that may wait or be computed at a time.</summary>
    public int RunsPerUser { get; set; } = 20;

    /// <summary>Most draws of a run.</summary>
    public int MostDraws { get; set; } = 20_000;

    /// <summary>Longest horizon of a run, months.</summary>
    public int MostMonths { get; set; } = 240;

    /// <summary>Most memory that a run may be expected to take, MB.</summary>
    public double MostMegabytes { get; set; } = 3000;

    /// <summary>Longest that a run may be expected to take on one core, minutes.</summary>
    public double MostMinutes { get; set; } = 30;

    /// <summary>Longest that a portfolio may take, minutes on the clock: what its search takes is not known before.</summary>
    public double MostPortfolioMinutes { get; set; } = 240;

    /// <summary>Largest text of a study, bytes.</summary>
    public int MostStudyBytes { get; set; } = 1_000_000;

    /// <summary>Studies of a workspace.</summary>
    public int MostStudies { get; set; } = 5_000;

    /// <summary>Studies whose draws are held in memory for live terms.</summary>
    public int HeldStudies { get; set; } = 4;

    /// <summary>Requests a second that a user may make over time.</summary>
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>Requests that a user may make at once.</summary>
    public int RequestBurst { get; set; } = 300;

    /// <summary>First administrator when accounts are on and nobody has one: its name.</summary>
    public string FirstUser { get; set; } = "admin";

    /// <summary>Its password, taken once; without one nobody can sign in.</summary>
    public string FirstPassword { get; set; } = "";

    /// <summary>Where traces and metrics are sent (OTLP); empty for nowhere.</summary>
    public string Telemetry { get; set; } = "";

    /// <summary>OpenID Connect: the issuer; empty for none.</summary>
    public string OpenIdAuthority { get; set; } = "";

    /// <summary>OpenID Connect: this program's name there.</summary>
    public string OpenIdClient { get; set; } = "";

    /// <summary>OpenID Connect: this program's secret there.</summary>
    public string OpenIdSecret { get; set; } = "";

    /// <summary>Names under which the workbench answers, separated by commas; empty for any.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary>Addresses or networks of proxies, separated by commas, whose word about who asks and how is taken; empty for none.</summary>
    public string KnownProxies { get; set; } = "";

    /// <summary>True when a proxy in front speaks https with everybody: cookies are sent over https alone.</summary>
    public bool BehindTls { get; set; }

    /// <summary>A certificate with its private key (PFX) under which keys of cookies are kept; empty to keep them as they are.</summary>
    public string KeyCertificate { get; set; } = "";

    /// <summary>Its password.</summary>
    public string KeyCertificatePassword { get; set; } = "";

    /// <summary>True when a run is signed only by another than who asked for it.</summary>
    public bool FourEyes { get; set; }

    /// <summary>An approved base map for the map's ground: an image, or a folder of tiles <c>ROW_COLUMN.png</c> from the north-west, in degrees evenly across and up; empty for outlines of land.</summary>
    public string BaseMap { get; set; } = "";

    /// <summary>What it covers: degrees west, south, east, north.</summary>
    public string BaseMapBounds { get; set; } = "";

    /// <summary>Whose it is and under which number it was approved: said beneath every map that stands on it.</summary>
    public string BaseMapCredit { get; set; } = "";

    /// <summary>Parts of a list as it is written in a setting.</summary>
    public static string[] List(string value) =>
        value.Split(
            [',', ';'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    /// <summary>Threads of a run on this machine.</summary>
    public int Threads => RunThreads > 0 ? RunThreads : Math.Max(1, Environment.ProcessorCount - 1);
}
