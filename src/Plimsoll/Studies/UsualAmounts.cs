using Plimsoll.Catalog;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What the catalogue of a day knows of prices: servers, rents, electricity, running costs, each as a range in a currency.</summary>
/// <param name="view">The catalogue as known on the day.</param>
internal sealed class UsualAmounts(CatalogView view)
{
    private const double HoursPerMonth = 730;

    /// <summary>Times the dearest quote from which a rent that a slip would explain is doubted: a server of eight for one accelerator is eight times a rent of the middle, and less of the dearest.</summary>
    private const double DearRent = 2;

    private readonly ExchangeRates _rates = new(view);

    /// <summary>Price of a server: its own when known, else that of accelerators of all servers times those it holds.</summary>
    /// <param name="server">Its name.</param>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Server(string server, Currency currency)
    {
        if (view.Find("servers", server) is not { } entry)
        {
            return null;
        }
        if (Span(entry.Facts.Where(f => f.Attribute == "capex"), currency, _ => 1) is { } own)
        {
            return own with { Of = $"a {server} ({own.Of})" };
        }
        var count = entry.NumberOrNull("accelerators")?.Value ?? 8;
        var all = view.Entries("servers")
            .SelectMany(e =>
                e.Facts.Where(f => f.Attribute == "capex")
                    .Select(f =>
                        (Fact: f, Scale: count / (e.NumberOrNull("accelerators")?.Value ?? 8))
                    )
            )
            .ToDictionary(x => x.Fact, x => x.Scale);
        return Span(all.Keys, currency, f => all[f]) is { } any
            ? any with
            {
                Of = $"servers of all kinds by their accelerators; none is known of {server}",
            }
            : null;
    }

    /// <summary>Price of an accelerator with its share of a server, over all servers.</summary>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Accelerator(Currency currency)
    {
        var all = view.Entries("servers")
            .SelectMany(e =>
                e.Facts.Where(f => f.Attribute == "capex")
                    .Select(f => (Fact: f, Scale: 1 / (e.NumberOrNull("accelerators")?.Value ?? 8)))
            )
            .ToDictionary(x => x.Fact, x => x.Scale);
        return Span(all.Keys, currency, f => all[f]);
    }

    /// <summary>Price of an accelerator of one kind with its share of a server; over all servers when none that holds it has a price.</summary>
    /// <param name="chip">Its name.</param>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Accelerator(string chip, Currency currency)
    {
        UsualAmount? span = null;
        foreach (var server in view.Entries("servers"))
        {
            if (
                server.TextOrNull("accelerator") is not { } held
                || !Same(Family(held), Family(chip))
                || !server.Facts.Any(f => f.Attribute == "capex")
                || Server(server.Name, currency) is not { } whole
            )
            {
                continue;
            }
            var count = server.NumberOrNull("accelerators")?.Value ?? 8;
            span = new UsualAmount(
                Math.Min(span?.Low ?? double.MaxValue, whole.Low / count),
                Math.Max(span?.High ?? 0, whole.High / count),
                currency.Code,
                $"an accelerator of {whole.Of}"
            );
        }
        return span ?? Accelerator(currency);
    }

    /// <summary>Rent of an accelerator-hour of some chips; of all chips when none of them has a quote.</summary>
    /// <param name="chips">Accelerators by name.</param>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Rent(IReadOnlyList<string> chips, Currency currency)
    {
        var rents = view.Entries("rents").ToList();
        var own = rents
            .Where(e =>
                e.TextOrNull("chip") is { } chip && chips.Any(c => Same(Family(chip), Family(c)))
            )
            .ToList();
        return Quotes(own, currency, $"quotes of {string.Join(", ", chips.Distinct())}")
            ?? Quotes(rents, currency, "quotes of all accelerators");
    }

    /// <summary>Price of a kWh over the sites of a country.</summary>
    /// <param name="country">Its code.</param>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Tariff(string country, Currency currency)
    {
        var facts = view.Entries("sites")
            .Where(e => e.TextOrNull("country") == country)
            .Select(e => e.Find("tariff"))
            .OfType<CatalogFact>();
        return Span(facts, currency, _ => 1) is { } span
            ? span with
            {
                Unit = $"{currency}/kWh",
                Of = "electricity at the country's sites in the catalogue",
            }
            : null;
    }

    /// <summary>A running cost of a market.</summary>
    /// <param name="market">As the catalogue names it.</param>
    /// <param name="key">lit_service, lit_bandwidth, standing_service or colocation.</param>
    /// <param name="currency">Currency wanted.</param>
    public UsualAmount? Running(string market, string key, Currency currency) =>
        view.Find("running-costs", market) is { } entry
            ? Span(entry.Facts.Where(f => f.Attribute == key), currency, _ => 1)
            : null;

    private UsualAmount? Quotes(IEnumerable<CatalogEntry> rents, Currency currency, string of) =>
        Span(
            rents.SelectMany(e => e.Facts.Where(f => f.Attribute == "rent")),
            currency,
            f =>
                f.Number!.Unit.EndsWith("/server-month", StringComparison.Ordinal)
                    ? 1 / (8 * HoursPerMonth)
                    : 1
        )
            is { } span
            ? span with
            {
                Unit = $"{currency} an accelerator-hour",
                Of = of,
                SlipAbove = DearRent,
            }
            : null;

    /// <summary>The range of facts in a currency; null when none can be had in it.</summary>
    private UsualAmount? Span(
        IEnumerable<CatalogFact> facts,
        Currency currency,
        Func<CatalogFact, double> scale
    )
    {
        UsualAmount? span = null;
        foreach (var fact in facts)
        {
            if (
                fact.Number is not { } number
                || !(number.Value > 0)
                || number.Unit.Split('/')[0] is not { Length: 3 } code
                || !code.All(char.IsAsciiLetterUpper)
                || _rates.Of(new Currency(code), currency) is not { } rate
            )
            {
                continue;
            }
            var factor = rate.Rate * scale(fact);
            var (low, high) = (
                Math.Min(number.Low, number.Value) * factor,
                Math.Max(number.High, number.Value) * factor
            );
            span = span is null
                ? new UsualAmount(low, high, currency.Code, fact.Place)
                : span with
                {
                    Low = Math.Min(span.Low, low),
                    High = Math.Max(span.High, high),
                };
        }
        return span;
    }

    /// <summary>The name of a chip without its memory and form: H100 of H100 SXM5, A100 of A100-80G.</summary>
    private static string Family(string chip) =>
        string.Concat(
            chip.Replace("RTX ", "RTX", StringComparison.Ordinal)
                .TakeWhile(c => c is not (' ' or '-'))
        );

    private static bool Same(string a, string b) =>
        a.Length > 0 && string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
