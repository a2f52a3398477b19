using Plimsoll.Catalog;
using Plimsoll.Market.Motion;
using Plimsoll.Performance;
using Plimsoll.Quantities;

namespace Plimsoll.Market.Tokens;

/// <summary>List prices of the tokens of a model in a market on a day, money for a million, by class.</summary>
/// <param name="Model">The model served.</param>
/// <param name="Input">Input tokens that miss the cache.</param>
/// <param name="Cached">Input tokens that hit it.</param>
/// <param name="Output">Output tokens.</param>
/// <param name="LogError">Standard deviation of the log of all three: small for the model's own list, wide for a list of its like.</param>
/// <param name="Source">Whose list it is, and of when, in English.</param>
/// <param name="Own">True where the model's own list is known.</param>
public sealed record TokenList(
    string Model,
    double Input,
    double Cached,
    double Output,
    double LogError,
    string Source,
    bool Own
)
{
    /// <summary><see cref="Source"/> in the words of any language.</summary>
    public required Phrase Said { get; init; }

    private const string Kind = "api-prices";

    /// <summary>Price of an input token that hits the cache over one that misses it, where no list says: DeepSeek's lists of 2025 have a quarter.</summary>
    private const double CachedShare = 0.25;

    /// <summary>Growth of list prices in the parameters that a token uses: what is served faster is sold for less. Own prior; between bandwidth (1) and none.</summary>
    private const double ByParameters = 0.7;

    /// <summary>Error of the log of a list carried over from other models; own prior: lists of one size differ fivefold.</summary>
    private const double LikeError = 0.6;

    /// <summary>Error of the model's own list: sellers other than its maker ask more or less; own prior.</summary>
    private const double OwnError = 0.15;

    /// <summary>The list of a model as known on the day of the view, brought to a currency at the day's rate.</summary>
    /// <param name="view">The catalogue as known on the day.</param>
    /// <param name="model">Model in the catalogue.</param>
    /// <param name="currency">Currency of the market.</param>
    /// <returns>The model's own list where there is one, else the lists of the last year carried over by the parameters that a token uses; null where no list was known.</returns>
    /// <exception cref="KeyNotFoundException">The model is not known on the day.</exception>
    public static TokenList? Of(CatalogView view, string model, Currency currency)
    {
        var served = LanguageModel.Of(view, model);
        if (view.Find(Kind, model) is { } own && Last(own, "output") is { } output)
        {
            var rate = Rate(view, output, currency);
            var input = Last(own, "input_miss")?.Value ?? output.Value / 4;
            return new TokenList(
                model,
                input * rate,
                (Last(own, "input_hit")?.Value ?? input * CachedShare) * rate,
                output.Value * rate,
                OwnError,
                $"list price of {model}, {output.ValidFrom:yyyy-MM-dd}, {output.Source}",
                true
            )
            {
                Said = Phrase.Of(
                    "tokens.list.own",
                    model,
                    Month.Of(output.ValidFrom),
                    output.Source
                ),
            };
        }
        return Like(view, served, currency);
    }

    /// <summary>Lists of other models, each carried over to the parameters that a token of the model uses.</summary>
    private static TokenList? Like(CatalogView view, LanguageModel served, Currency currency)
    {
        var since = view.AsOf.Year > 2100 ? DateOnly.MinValue : view.AsOf.AddYears(-1);
        // Counted from the architecture: not every model says how many parameters a token uses.
        var weights = ModelSizes.Of(served).ActiveWeights;
        double inputs = 0,
            outputs = 0;
        var names = new List<string>();
        foreach (var entry in view.Entries(Kind))
        {
            if (
                entry.Name.Contains("off-peak", StringComparison.Ordinal)
                || Last(entry, "output") is not { } output
                || Last(entry, "input_miss") is not { } input
                || output.Published < since
            )
            {
                continue;
            }
            var scale = Math.Log(Rate(view, output, currency));
            if (view.Find(LanguageModel.Kind, entry.Name) is not null)
            {
                var other = LanguageModel.Of(view, entry.Name);
                scale += ByParameters * Math.Log(weights / ModelSizes.Of(other).ActiveWeights);
            }
            inputs += Math.Log(input.Value) + scale;
            outputs += Math.Log(output.Value) + scale;
            names.Add(entry.Name);
        }
        if (names.Count == 0)
        {
            return null;
        }
        var miss = Math.Exp(inputs / names.Count);
        return new TokenList(
            served.Name,
            miss,
            miss * CachedShare,
            Math.Exp(outputs / names.Count),
            LikeError,
            $"no list of {served.Name} is known: those of {string.Join(", ", names)}, by the parameters a token uses",
            false
        )
        {
            Said = Phrase.Of("tokens.list.like", served.Name, string.Join(", ", names)),
        };
    }

    private static Sourced<double>? Last(CatalogEntry entry, string attribute) =>
        entry.Series(attribute) is [.., var last] ? last : null;

    private static double Rate(CatalogView view, Sourced<double> price, Currency currency)
    {
        var month = Month.Of(view.AsOf.Year > 2100 ? price.ValidFrom : view.AsOf);
        var listed = new Currency(price.Unit[..3]);
        return listed == currency
            ? 1
            : ExchangeRate.PerDollar(view, currency, month)
                / ExchangeRate.PerDollar(view, listed, month);
    }
}
