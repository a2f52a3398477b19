using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Performance;

namespace Plimsoll.Tests.Performance;

/// <summary>Random deployments for property tests: every model of the catalogue, engine, version, precision and layout.</summary>
/// <remarks>PLIMSOLL_PROPERTY_DEPLOYMENTS sets how many are drawn; 200 when silent.</remarks>
internal static class DrawnDeployments
{
    /// <summary>How many are drawn.</summary>
    public static int Count { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("PLIMSOLL_PROPERTY_DEPLOYMENTS"),
            out var count
        )
            ? count
            : 200;

    /// <summary>The catalogue's chips.</summary>
    public static Accelerator[] Chips { get; } =
    [.. Served.View.Names(Accelerator.Kind).Select(n => Accelerator.Of(Served.View, n))];

    private static readonly LanguageModel[] _models =
    [
        .. Served.View.Names(LanguageModel.Kind).Select(n => LanguageModel.Of(Served.View, n)),
    ];

    /// <summary>One of some values, each as likely.</summary>
    /// <param name="values">At least one.</param>
    public static Gen<T> OneOf<T>(params T[] values) =>
        Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>What runs on a chip, for any chip; not all of it fits every one.</summary>
    /// <param name="calibration">Whose versions are drawn.</param>
    public static Gen<Func<Accelerator, Deployment>> On(Calibration calibration) =>
        Gen.Select(
            OneOf(_models),
            OneOf(Enum.GetValues<ServingEngine>()),
            OneOf("bf16", "fp8", "int8", "fp4", "int4"),
            OneOf(1, 2, 4, 8),
            OneOf(1, 1, 4, 16),
            Gen.Int[0, 30],
            Gen.Bool,
            Gen.Bool,
            (model, engine, precision, tp, dp, version, dealt, overlaps) =>
            {
                var versions = calibration.VersionsOf(engine, DateOnly.MaxValue);
                return (Func<Accelerator, Deployment>)(
                    chip => new Deployment
                    {
                        Accelerator = chip,
                        Model = model,
                        Engine = engine,
                        EngineVersion = version < versions.Count ? versions[version] : "",
                        Precision = precision,
                        TensorParallel = tp,
                        AttentionDataParallel = dp,
                        ExpertParallel = model.Experts > 0 && (dealt || dp > 1) ? tp * dp : 1,
                        OverlapsCommunication = overlaps && dp > 1,
                    }
                );
            }
        );
}
