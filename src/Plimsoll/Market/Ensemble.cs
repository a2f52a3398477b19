using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>The members of the latest vintage that the day of the view allows, or the prior when there is none.</summary>
/// <param name="Members">Members; empty for a prior.</param>
/// <param name="DataTo">Date of the last datum used, yyyy-MM-dd; empty for a prior.</param>
/// <param name="Priors">The market's priors.</param>
public sealed record Ensemble(
    IReadOnlyList<Member> Members,
    string DataTo,
    IReadOnlyList<Prior> Priors
)
{
    /// <summary>Days to which ensembles are fitted, latest first; one file each, <c>market-ensemble-yyyy-MM</c>.</summary>
    public static IReadOnlyList<DateOnly> Vintages { get; } =
    [new DateOnly(2024, 12, 31), new DateOnly(2024, 3, 31)];

    /// <summary>Draws thrown away before a draw is given up: by then the member itself contradicts the closure.</summary>
    private const int MostRejections = 500;

    /// <summary>False when this is an unfitted prior.</summary>
    public bool Fitted => Members.Count > 0;

    /// <summary>Reads the ensemble of a market.</summary>
    /// <param name="view">The catalogue as known on the day of decision: no later vintage is visible in it.</param>
    /// <param name="market">A market of <see cref="MarketLink"/>; only china has fitted members.</param>
    public static Ensemble Of(CatalogView view, string market)
    {
        var priors = PriorsOf(view, market);
        if (market == "china")
        {
            foreach (var vintage in Vintages)
            {
                if (view.Derived($"market-ensemble-{vintage:yyyy-MM}") is { } table)
                {
                    return new Ensemble(
                        EnsembleFile.Read(table),
                        table.Cell(table.Rows[0], "data_to"),
                        priors
                    );
                }
            }
        }
        return new Ensemble([], "", priors);
    }

    /// <summary>Priors of a market; one that leans on another has that one's, in its own money and at its own size.</summary>
    private static IReadOnlyList<Prior> PriorsOf(CatalogView view, string market)
    {
        var link = MarketLink.Of(market);
        if (link.Reference is not { } reference)
        {
            return Prior.Of(market);
        }
        var month = Month.Of(view.AsOf);
        var rate =
            ExchangeRate.PerDollar(view, link.Currency, month)
            / ExchangeRate.PerDollar(view, MarketLink.Of(reference).Currency, month);
        return
        [
            .. Prior
                .Of(reference)
                .Select(p =>
                    Prior.Money.Contains(p.Parameter) ? p.Times(rate)
                    : Prior.Sizes.Contains(p.Parameter) ? p.Times(link.ReferenceSize)
                    : p
                ),
        ];
    }

    /// <summary>Months known at the vintage, from the start of the market; those of the givens for a prior.</summary>
    public int VintageMonths(MarketGivens givens) =>
        Fitted
            ? Month.Of(DateOnly.ParseExact(DataTo, "yyyy-MM-dd", CultureInfo.InvariantCulture))
                - givens.Start
                + 1
            : givens.KnownMonths;

    /// <summary>A draw: laws in turn, a member of the law by weight, the future from its processes; draws whose tokens exceed the usable national compute are thrown away.</summary>
    /// <param name="givens">Dated facts of the same view.</param>
    /// <param name="scenario">Link and stresses.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="months">Months of the run.</param>
    /// <exception cref="UnanswerableException">No draw closes: the givens contradict the priors.</exception>
    public MarketDraw Draw(
        MarketGivens givens,
        MarketScenario scenario,
        ulong seed,
        int draw,
        int months
    )
    {
        var law = (RentLaw)(draw % 3);
        var link = scenario.WorldLink switch
        {
            "on" => true,
            "off" => false,
            _ => draw / 3 % 2 == 0,
        };
        return Draw(givens, scenario, seed, draw, months, law, link);
    }

    /// <summary>A draw of a chosen law and link.</summary>
    /// <inheritdoc cref="Draw(MarketGivens, MarketScenario, ulong, int, int)"/>
    public MarketDraw Draw(
        MarketGivens givens,
        MarketScenario scenario,
        ulong seed,
        int draw,
        int months,
        RentLaw law,
        bool link
    ) =>
        TryDraw(givens, scenario, seed, draw, months, law, link, MostRejections)
        ?? throw new UnanswerableException(
            $"After {MostRejections} draws the tokens still need more than the usable national compute; the givens of this market contradict its priors."
        );

    /// <summary>A draw of a chosen law and link, or null when none of some attempts closes.</summary>
    /// <param name="givens">Dated facts of the same view.</param>
    /// <param name="scenario">Link and stresses.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="months">Months of the run.</param>
    /// <param name="law">Rent law.</param>
    /// <param name="link">Whether the world link is on.</param>
    /// <param name="attempts">Attempts, at least 1.</param>
    public MarketDraw? TryDraw(
        MarketGivens givens,
        MarketScenario scenario,
        ulong seed,
        int draw,
        int months,
        RentLaw law,
        bool link,
        int attempts
    )
    {
        var stream = RandomStream.Keyed(seed, draw, EntityId.Of("market"), Purpose.Shocks);
        var fit = Members.Where(m => m.Law == law && m.WorldLink == link).ToList();
        var processes = ProcessFit.Of(givens, Priors);
        for (var rejected = 0; rejected < attempts; rejected++)
        {
            var chance = stream.NextUniform();
            var values = fit.Count > 0 ? [.. Pick(fit, chance).Values] : new double[Prior.Count];
            foreach (var prior in processes)
            {
                var z = stream.NextOpenUniform();
                if (fit.Count == 0 || prior.Parameter >= Prior.FirstFuture)
                {
                    values[(int)prior.Parameter] = prior.Quantile(z);
                }
            }
            var backdrop = MarketBackdrop.Draw(
                givens,
                scenario,
                values,
                months,
                VintageMonths(givens),
                ref stream
            );
            if (backdrop.FirstUnclosed(values) < 0)
            {
                return new MarketDraw(new Member(law, link, values), backdrop, rejected);
            }
        }
        return null;
    }

    private static Member Pick(List<Member> members, double chance)
    {
        var left = chance * members.Sum(m => m.Weight);
        foreach (var member in members)
        {
            left -= member.Weight;
            if (left < 0)
            {
                return member;
            }
        }
        return members[^1];
    }
}
