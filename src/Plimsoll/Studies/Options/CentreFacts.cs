using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options;

/// <summary>What an option may ask about a centre beyond its case: other places, other servers, the rule's hurdle, today's quote.</summary>
public interface ICentreFacts
{
    /// <summary>Yearly return that equity demands.</summary>
    double EquityHurdle { get; }

    /// <summary>Rent quoted when the outlook starts, median of the draws, money per accelerator-hour; 0 before the market was run.</summary>
    double QuotePerGpuHour { get; }

    /// <summary>The same of the chip of one fleet; <see cref="QuotePerGpuHour"/> where the market quotes none for it.</summary>
    double QuoteOf(FleetCase fleet);

    /// <summary>The site numbers of another place, with the study's own service costs.</summary>
    /// <param name="site">Site in the catalogue.</param>
    SiteNumbers SiteAt(string site);

    /// <summary>Share of latency-bound demand within the promise from a site.</summary>
    /// <param name="site">Site in the catalogue.</param>
    InputNumber Reach(string site);

    /// <summary>A fleet of another server, everything else the same.</summary>
    FleetCase Other(FleetCase fleet, string server, InputNumber capex);

    /// <summary>The case with other fleets: power, tax and what inference earns follow each server.</summary>
    StudyCase Refit(StudyCase plan, IReadOnlyList<FleetCase> fleets);
}
