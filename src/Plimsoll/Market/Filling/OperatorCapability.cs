using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Filling;

/// <summary>Capability of an operator from what can be observed of it: the place on the market's own scale at which the odds of filling are those of <see cref="FillLaw"/>.</summary>
/// <remarks>
/// In the market the log odds that capacity can be let rise with the operator's score (<see cref="Eligibility"/>). An operator whose log odds by
/// the law stand so far above the middle merchant's stands as far above the middle of that scale. The level of fill stays the market's;
/// what is observed moves an operator within it.
/// </remarks>
/// <param name="Value">Capability, 0 to 1.</param>
/// <param name="Low">Lower end of the 80 % range.</param>
/// <param name="High">Upper end.</param>
public readonly record struct OperatorCapability(double Value, double Low, double High)
{
    private const double Normal80 = 1.2816;

    /// <summary>The capability of an operator.</summary>
    /// <param name="law">The law of filling as known on the day.</param>
    /// <param name="seen">What is observed of the operator and its site.</param>
    public static OperatorCapability Of(FillLaw law, FillObservables seen)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(seen);
        var (mean, deviation) = law.LogOdds(seen);
        var above = mean - law.Middle;
        return new OperatorCapability(
            Eligibility.CapabilityAt(above),
            Eligibility.CapabilityAt(above - (Normal80 * deviation)),
            Eligibility.CapabilityAt(above + (Normal80 * deviation))
        );
    }
}
