using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Quotes;

/// <summary>Brings the user's quotes to one unit and finds those that cannot be meant: another currency, an unknown chip, a date after the decision, a price many times off.</summary>
public static class QuoteCheck
{
    /// <summary>A quote farther than this factor from what is otherwise known is a slip, not a price.</summary>
    public const double Factor = 5;

    // What people slip by when a price is too high: cards in a server, months in a year, hours in a month.
    private static readonly (double Factor, string Slip)[] _above =
    [
        (8, "a server for one accelerator"),
        (12, "a year for a month"),
        (730, "a month for an hour"),
        (5_840, "a server-month for an accelerator-hour"),
        (8_760, "a year for an hour"),
    ];

    // And when it is too low.
    private static readonly (double Factor, string Slip)[] _below =
    [
        (8, "one accelerator for a server"),
        (7.2, "dollars for yuan"),
        (12, "a month for a year"),
        (730, "an hour for a month"),
        (5_840, "an accelerator-hour for a server-month"),
        (10_000, "units of ten thousand"),
    ];

    /// <summary>Normalises and checks quotes.</summary>
    /// <param name="view">The catalogue of the day of decision.</param>
    /// <param name="currency">Currency of the market.</param>
    /// <param name="taxRate">Rate of tax on services in the market.</param>
    /// <param name="quotes">The quotes as written.</param>
    /// <param name="expected">Log of money per accelerator-hour that is otherwise known of a chip and basis, with its deviation; null for nothing.</param>
    /// <returns>The sound quotes in money per accelerator-hour, and a finding for each of the others.</returns>
    public static (IReadOnlyList<Quote> Quotes, IReadOnlyList<LocatedFinding> Findings) Run(
        CatalogView view,
        Currency currency,
        double taxRate,
        IReadOnlyList<OwnQuote> quotes,
        Func<string, QuoteBasis, (double Log, double Deviation)?> expected
    )
    {
        var sound = new List<Quote>();
        var findings = new List<LocatedFinding>();
        foreach (var quote in quotes)
        {
            if (Refused(view, currency, quote) is { } refused)
            {
                findings.Add(refused);
                continue;
            }
            var normal = quote.Normalised(Accelerator.Of(view, quote.Chip), taxRate);
            if (
                expected(quote.Chip, quote.Basis) is var (log, deviation)
                && Math.Log(normal.PerGpuHour) - log is var gap
                && Math.Abs(gap) > Math.Max(Math.Log(Factor), 3 * deviation)
            )
            {
                findings.Add(Off(quote, normal, log, gap, currency));
                continue;
            }
            sound.Add(normal);
        }
        return (sound, findings);
    }

    private static LocatedFinding? Refused(CatalogView view, Currency currency, OwnQuote quote)
    {
        if (view.Find(Accelerator.Kind, quote.Chip) is null)
        {
            var near = NearestName.Several(quote.Chip, view.Names(Accelerator.Kind), 3);
            return Of(
                quote,
                "chip",
                "unknown-chip",
                quote.Chip,
                $"an accelerator known on {view.AsOf:yyyy-MM-dd}",
                near.Count == 0
                    ? "See 'plimsoll catalog list accelerators'."
                    : $"Did you mean '{string.Join("' or '", near)}'?"
            );
        }
        if (quote.Currency is { } other && other != currency.Code)
        {
            return Of(
                quote,
                "currency",
                "other-currency",
                other,
                $"{currency}, in which the market's rents are",
                $"Convert it to {currency} at the rate of {quote.Date}, and say so in its source."
            );
        }
        if (quote.Date > Month.Of(view.AsOf))
        {
            return Of(
                quote,
                "date",
                "after-decision",
                quote.Date.ToString(),
                $"a month up to {Month.Of(view.AsOf)}, that of the decision",
                "Leave it out, or move the decision: what is known later does not count."
            );
        }
        return null;
    }

    private static LocatedFinding Off(
        OwnQuote quote,
        Quote normal,
        double log,
        double gap,
        Currency currency
    )
    {
        var times = Math.Exp(Math.Abs(gap));
        var slips = (gap > 0 ? _above : _below)
            .Where(s => Math.Abs(Math.Log(times / s.Factor)) < 0.6)
            .OrderBy(s => Math.Abs(Math.Log(times / s.Factor)))
            .Select(s => s.Slip)
            .ToList();
        var likely =
            slips.Count > 0
                ? $"Perhaps it is {string.Join(", or ", slips)}: check unit and price."
                : "Check unit, price and chip.";
        return Of(
            quote,
            "price",
            "far-off",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{normal.PerGpuHour:G4} {currency} per accelerator-hour, {times:F0} times {(gap > 0 ? "above" : "below")} the others"
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"about {Math.Exp(log):G3} {currency} per accelerator-hour"
            ),
            likely
                + " If it is right, leave it out and say why in the notes: one such price would move every rent."
        );
    }

    private static LocatedFinding Of(
        OwnQuote quote,
        string key,
        string rule,
        string found,
        string expected,
        string remedy
    ) =>
        new(
            quote.Place.File,
            quote.Place.Line,
            quote.Place.Column,
            new Finding(
                new InputPath(quote.Place.Path).Key(key),
                rule,
                InputText.Cut(found),
                expected,
                remedy
            )
        );
}
