using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Performance;

/// <summary>How fast a deployment serves as a user states it: the one way from a deployment to its step law, for inference files and studies alike.</summary>
/// <param name="Law">The step law; null when the deployment is refused.</param>
/// <param name="EngineVersion">The version whose law it is: the one named, else the newest known on the day; empty when no version was measured by then.</param>
/// <param name="Refusals">What makes it impossible; empty when it can run.</param>
/// <param name="Warnings">What makes it doubtful: a layout engines refuse, a precision that is widened, a prediction that rests on a prior.</param>
public sealed record ServedLaw(
    StepLaw? Law,
    string EngineVersion,
    IReadOnlyList<Finding> Refusals,
    IReadOnlyList<Finding> Warnings
)
{
    /// <summary>Of a silent version: the newest that was measured on the chip's family; the version itself when it was, empty when none was.</summary>
    public string NewestOnFamily { get; init; } = "";

    // A step of a middling load, where versions are compared: 32 sequences of 1,024 tokens.
    private static readonly BatchShape _middling = new(32, 32 * 1024, 0, 0);

    /// <summary>The law of a deployment with the calibration visible in a view.</summary>
    /// <param name="view">The catalogue as known on the day.</param>
    /// <param name="deployment">As stated; an empty engine version stands for the newest known on the day.</param>
    /// <param name="path">Where the deployment stands in the user's file.</param>
    /// <param name="disaggregated">True for a worker that only computes prompts or only answers.</param>
    public static ServedLaw Of(
        CatalogView view,
        Deployment deployment,
        InputPath path,
        bool disaggregated = false
    ) => Of(Calibration.Of(view), view.AsOf, deployment, path, disaggregated);

    /// <summary>The law of a deployment with a calibration: for a user's own profile, and for many deployments without reading the rows again.</summary>
    /// <param name="calibration">Coefficients and errors.</param>
    /// <param name="day">The day: later versions are not known.</param>
    /// <param name="deployment">As stated; an empty engine version stands for the newest known on the day.</param>
    /// <param name="path">Where the deployment stands in the user's file.</param>
    /// <param name="disaggregated">True for a worker that only computes prompts or only answers.</param>
    /// <param name="fixedLengths">True when all requests of a closed loop have one length; bears on waiting only.</param>
    public static ServedLaw Of(
        Calibration calibration,
        DateOnly day,
        Deployment deployment,
        InputPath path,
        bool disaggregated = false,
        bool fixedLengths = false
    )
    {
        var versions = calibration.VersionsOf(deployment.Engine, day);
        deployment = deployment with { EngineVersion = Written(deployment, versions) };
        List<Finding> refusals =
        [
            .. UnknownVersion(deployment, versions, path),
            .. DeploymentCheck.Of(deployment, path),
        ];
        IReadOnlyList<Finding> warnings = DeploymentDoubts.Of(deployment, calibration, path);
        var before = Before(deployment, versions);
        if (before is not null)
        {
            warnings =
            [
                .. warnings,
                new Finding(
                    path.Key("engine_version"),
                    "version-before",
                    $"'{deployment.EngineVersion}', older than any version measured",
                    $"a version of {deployment.Engine.Word()} measured by the day: {string.Join(", ", versions)}",
                    $"It is read as {before}, the oldest measured; the interval is wider by the spread over versions, and older engines are more often slower than faster."
                ),
            ];
        }
        if (versions.Count == 0 && deployment.EngineVersion.Length > 0)
        {
            warnings =
            [
                .. warnings,
                new Finding(
                    path.Key("engine_version"),
                    "version-unmeasured",
                    $"'{deployment.EngineVersion}'",
                    $"no version: none of {deployment.Engine.Word()} was measured by {day:yyyy-MM-dd}",
                    "The law of that day is one for all versions, so this one changes nothing: leave the key out, or name a later day."
                ),
            ];
        }
        if (refusals.Count > 0)
        {
            return new(null, deployment.EngineVersion, refusals, warnings);
        }
        // Where no version bears a name, what was measured without one is all there is.
        var silent = deployment.EngineVersion.Length == 0 || versions.Count == 0;
        var version =
            before is not null ? before
            : silent ? calibration.NewestVersion(deployment, day)
            : deployment.EngineVersion;
        var law = Priced(calibration, deployment, version, disaggregated, fixedLengths);
        if ((silent || before is not null) && version.Length > 0)
        {
            law = law.With(
                law.Error.With(Spread(calibration, deployment, versions, disaggregated))
            );
        }
        return new(law, version, refusals, warnings)
        {
            NewestOnFamily = silent ? calibration.NewestOnFamily(deployment, day) : version,
        };
    }

    // Memory is planned for the version as stated: a silent one must hold on older engines too.
    private static StepLaw Priced(
        Calibration calibration,
        Deployment deployment,
        string version,
        bool disaggregated,
        bool fixedLengths
    )
    {
        var named = deployment with { EngineVersion = version };
        var plan = MemoryPlan.Of(deployment);
        return new StepLaw(
            StepTerms.Of(deployment),
            calibration.CoefficientsOf(named, fixedLengths, disaggregated),
            deployment.Accelerators,
            plan.KvCapacityTokens,
            calibration.ErrorOf(named, disaggregated),
            plan.Sequence
        );
    }

    /// <summary>Standard deviation over versions of the logarithm of a middling step's time.</summary>
    private static double Spread(
        Calibration calibration,
        Deployment deployment,
        IReadOnlyList<string> versions,
        bool disaggregated
    )
    {
        double[] logs =
        [
            .. versions.Select(v =>
                Math.Log(
                    Priced(calibration, deployment, v, disaggregated, false).Seconds(_middling)
                )
            ),
        ];
        var mean = logs.Average();
        return logs.Length < 2
            ? 0
            : Math.Sqrt(logs.Sum(x => (x - mean) * (x - mean)) / (logs.Length - 1));
    }

    /// <summary>The version meant: 0.5.10 stands for 0.5.10.post1 when no 0.5.10 was measured, the newest of several.</summary>
    private static string Written(Deployment d, IReadOnlyList<string> versions)
    {
        var stated = d.EngineVersion.TrimStart('v');
        return stated.Length == 0 || versions.Contains(stated)
            ? stated
            : versions.LastOrDefault(v =>
                v.StartsWith(stated, StringComparison.Ordinal)
                && v.Length > stated.Length
                && !char.IsAsciiDigit(v[stated.Length])
            ) ?? d.EngineVersion;
    }

    /// <summary>The oldest version measured, for one that is older than any; null for every other.</summary>
    private static string? Before(Deployment d, IReadOnlyList<string> versions) =>
        versions.FirstOrDefault(Performance.EngineVersion.IsNumbered) is { } oldest
        && Performance.EngineVersion.IsNumbered(d.EngineVersion)
        && Performance.EngineVersion.Compare(d.EngineVersion, oldest) < 0
            ? oldest
            : null;

    private static List<string> Beside(string version, IReadOnlyList<string> versions)
    {
        var numbered = versions.Where(Performance.EngineVersion.IsNumbered).ToList();
        var above = numbered.FindIndex(v => Performance.EngineVersion.Compare(v, version) > 0);
        return above < 0
            ? numbered.TakeLast(1).ToList()
            : numbered[Math.Max(0, above - 1)..(above + 1)];
    }

    private static IEnumerable<Finding> UnknownVersion(
        Deployment d,
        IReadOnlyList<string> versions,
        InputPath path
    )
    {
        if (
            d.EngineVersion.Length == 0
            || versions.Count == 0
            || versions.Contains(d.EngineVersion)
            || Before(d, versions) is not null
        )
        {
            yield break;
        }
        // Numbers next to it in order; names without a number by their spelling.
        IReadOnlyList<string> near = Performance.EngineVersion.IsNumbered(d.EngineVersion)
            ? Beside(d.EngineVersion, versions)
            : NearestName.Several(d.EngineVersion, versions, 3);
        yield return new Finding(
            path.Key("engine_version"),
            "unknown-version",
            $"'{d.EngineVersion}'",
            $"a version of {d.Engine.Word()} measured by the day: {string.Join(", ", versions)}",
            near.Count > 0
                ? $"Nearest: {string.Join(", ", near)}. Leave it out for the newest."
                : "Leave it out for the newest."
        );
    }
}
