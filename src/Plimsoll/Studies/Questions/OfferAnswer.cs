using Plimsoll.Quantities;

namespace Plimsoll.Studies.Questions;

/// <summary>A lease on the table beside the market.</summary>
/// <param name="Tenant">Who offers.</param>
/// <param name="Accelerators">Accelerators asked for.</param>
/// <param name="TenorMonths">Months.</param>
/// <param name="PricePerGpuHour">Price offered, money per accelerator-hour.</param>
/// <param name="FloorPerGpuHour">Price below which the best course without it is worth more in the mean, and never less than what darkness saves; NaN when none was found.</param>
/// <param name="CapacityIfRefused">Largest debt that passes the lender's tests without it; NaN without a loan.</param>
/// <param name="CapacityIfSigned">The same with it.</param>
public sealed record OfferAnswer(
    string Tenant,
    double Accelerators,
    int TenorMonths,
    double PricePerGpuHour,
    double FloorPerGpuHour,
    double CapacityIfRefused,
    double CapacityIfSigned
)
{
    /// <summary>Quote of the day of what would serve it, money per accelerator-hour; NaN when not said.</summary>
    public double Quote { get; init; } = double.NaN;

    /// <summary>The best that can be done without it, against which its floor stands; null where that is the market.</summary>
    public Phrase? Against { get; init; }

    /// <summary>True when the courses are weighed by what the centre is worth before finance, false by the value of equity.</summary>
    public bool BeforeFinance { get; init; }

    /// <summary>Floors of smaller parts of it, the largest first; none where it is signed whole.</summary>
    public IReadOnlyList<LeasePart> Parts { get; init; } = [];

    /// <summary>The part that is worth signing at the price offered; null where none clearly is.</summary>
    public SmallerLease? Smaller { get; init; }

    /// <summary>What is told of it beside the floor: that nobody pays it, what fewer would do for.</summary>
    public IReadOnlyList<Phrase> Beside =>
        [
            .. Against is { } best && double.IsFinite(FloorPerGpuHour)
                ? new[] { Phrase.Of("ground.offer.against", best) }
                : [],
            .. AboveQuote ? new[] { Phrase.Of("ground.offer.above", FloorPerGpuHour, Quote) } : [],
            .. Parts.Any(p => double.IsFinite(p.FloorPerGpuHour))
                ? new[]
                {
                    Phrase.Of(
                        Falling ? "ground.offer.parts" : "ground.offer.parts.each",
                        Parts
                            .Where(p => double.IsFinite(p.FloorPerGpuHour))
                            .Select(p => Phrase.Of("offer.part", p.Accelerators, p.FloorPerGpuHour))
                            .Aggregate((before, next) => Phrase.Of("list", before, next))
                    ),
                }
                : [],
        ];

    /// <summary>True when the floor falls with each smaller part.</summary>
    private bool Falling =>
        Parts
            .Select(p => p.FloorPerGpuHour)
            .Prepend(FloorPerGpuHour)
            .Zip(Parts.Select(p => p.FloorPerGpuHour), (larger, smaller) => !(smaller > larger))
            .All(falls => falls);

    /// <summary>True when its floor lies above what the market quotes: hardly anybody would sign at it.</summary>
    public bool AboveQuote => FloorPerGpuHour > Quote;

    /// <summary>What is offered and the price below which not to sign, in words.</summary>
    public Phrase Said =>
        double.IsNaN(FloorPerGpuHour)
            ? Phrase.Of("summary.offer.none", Model.TenantsToBeSigned.Said(Tenant), PricePerGpuHour)
            : Phrase.Of(
                "summary.offer",
                Model.TenantsToBeSigned.Said(Tenant),
                PricePerGpuHour,
                FloorPerGpuHour
            );
}

/// <summary>A part of a lease on the table.</summary>
/// <param name="Accelerators">Accelerators, more than 0.</param>
/// <param name="FloorPerGpuHour">Price below which the best without it is worth more in the mean, money per accelerator-hour; NaN when none was found.</param>
public sealed record LeasePart(double Accelerators, double FloorPerGpuHour);

/// <summary>A part of a lease on the table that is worth signing at the price offered.</summary>
/// <param name="Accelerators">Accelerators, more than 0.</param>
/// <param name="Gain">What it is worth more than the best without it, mean of the same draws, money.</param>
/// <param name="Half">Half of the 95 % interval of that, money.</param>
public sealed record SmallerLease(double Accelerators, double Gain, double Half);
