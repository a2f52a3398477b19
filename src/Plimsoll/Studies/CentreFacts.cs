using Plimsoll.Inputs;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;

namespace Plimsoll.Studies;

/// <summary>What options may ask about a centre, answered from its study file and the catalogue of the day.</summary>
/// <param name="reader">The study.</param>
/// <param name="quotePerGpuHour">Rent quoted when the outlook starts; 0 before the market was run.</param>
/// <param name="quotes">The same by fleet; null where it is not asked.</param>
internal sealed class CentreFacts(
    StudyReader reader,
    double quotePerGpuHour,
    IReadOnlyDictionary<string, double>? quotes = null
) : ICentreFacts
{
    /// <inheritdoc/>
    public double EquityHurdle { get; } = reader.Rule().EquityHurdle;

    /// <inheritdoc/>
    public double QuotePerGpuHour => quotePerGpuHour;

    /// <inheritdoc/>
    public double QuoteOf(FleetCase fleet) =>
        quotes is not null && quotes.TryGetValue(fleet.Name, out var own) && own > 0
            ? own
            : quotePerGpuHour;

    /// <inheritdoc/>
    public SiteNumbers SiteAt(string site) => reader.SiteAt(site);

    /// <inheritdoc/>
    public InputNumber Reach(string site) => reader.Reach(site);

    /// <inheritdoc/>
    public FleetCase Other(FleetCase fleet, string server, InputNumber capex) =>
        reader.Other(fleet, server, capex);

    /// <inheritdoc/>
    public StudyCase Refit(StudyCase plan, IReadOnlyList<FleetCase> fleets) =>
        reader.Refit(plan, fleets);
}
