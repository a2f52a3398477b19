using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>The defaults that follow from the rest of a study: from its site's country market, tax and own priors stated in yuan; from its horizon the longest loan.</summary>
internal static class CountryDefaults
{
    private static readonly string[] _accounts = ["finance.reserve", "finance.liquidity"];

    private const string Tenor = "finance.tenor";
    private const string Conversion = "options.conversion_cost_per_server";

    /// <summary>The country of the study's site; null when the catalogue does not know the site on the day.</summary>
    public static Country? CountryOf(InputValues values, CatalogView view) =>
        OfSite(WrittenSite.NameOf(values), view);

    /// <summary>The country of a site; null when the catalogue does not know it on the day.</summary>
    public static Country? OfSite(string site, CatalogView view) =>
        view.Find("sites", site) is { } entry
        && entry.TextOrNull("country") is { } code
        && entry.TextOrNull("currency") is { } currency
            ? Country.Of(code, new Currency(currency))
            : null;

    /// <summary>The study with the defaults of its country where it is silent.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    public static InputValues Of(InputValues values, CatalogView view)
    {
        if (CountryOf(values, view) is not { } country)
        {
            return values;
        }
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["site.name"] = WrittenSite.NameOf(values),
        };
        if (country.Market is { } market)
        {
            words["market.name"] = market;
        }
        if (country.Tax is { } tax)
        {
            words["finance.tax"] = tax;
        }
        var numbers = InMoneyOf(country, values, view);
        Unknowns.Add(
            values,
            view,
            // Of a country without a market nothing is answered; what else is wrong is found all the same.
            values.TextOrNull("market.name")
                ?? words.GetValueOrDefault("market.name")
                ?? "us",
            country.Currency,
            numbers
        );
        StandingAccounts(values, numbers);
        BaseRate(values, view, country.Currency, numbers);
        if (!values.Has(Tenor) && LongestTenor(values) is { } months)
        {
            var prior = values.Sourced(Tenor);
            if (months < prior.Value)
            {
                numbers[Tenor] = prior with
                {
                    Value = months,
                    Low = months,
                    High = months,
                    Source = $"{prior.Source}; shortened to the horizon",
                };
            }
        }
        return values.With(new InputFallbacks(numbers, words));
    }

    /// <summary>Accounts of a centre whose loan stands, of which the study says nothing hold nothing: what a loan asked for once is paid in already, or never was.</summary>
    private static void StandingAccounts(
        InputValues values,
        Dictionary<string, InputNumber> numbers
    )
    {
        if (!QuestionKind.LoanStands(values))
        {
            return;
        }
        foreach (var key in _accounts.Where(k => !values.Has(k)))
        {
            numbers[key] = values.Sourced(key) with
            {
                Value = 0,
                Low = 0,
                High = 0,
                Source = "of a centre that stands: state the months that its account holds",
            };
        }
    }

    /// <summary>The base rate as it stood on the day of the decision, where the study is silent: a loan of another year is lent at another rate.</summary>
    private static void BaseRate(
        InputValues values,
        CatalogView view,
        Currency currency,
        Dictionary<string, InputNumber> numbers
    )
    {
        const string Key = "finance.base_rate";
        if (
            currency != Currency.Cny
            || values.Has(Key)
            || BaseRatePath.SeriesOf(currency) is not { } series
            || view.Find("interest-rates", series)?.Find("rate") is not { Number: { } rate } fact
        )
        {
            return;
        }
        numbers[Key] = values.Sourced(Key) with
        {
            Value = rate.Value,
            Low = rate.Low,
            High = rate.High,
            Source = $"{series} of {fact.Text.ValidFrom:yyyy-MM-dd} ({fact.Place})",
            Grade = rate.Grade,
        };
    }

    /// <summary>The longest tenor that ends within the horizon; null where none of a year does, or a date is not yet sound.</summary>
    private static int? LongestTenor(InputValues values)
    {
        var online = values.Items("fleet").Select(f => f.MonthOrNull("online")).ToList();
        if (online.Count == 0 || online.Exists(m => m is null))
        {
            return null;
        }
        var start = values.Month("decided") + 1;
        var last = Math.Max(0, online.Max(m => m!.Value - start));
        var months = values.Integer("horizon") - last - values.Integer("finance.grace");
        return months >= 12 ? months : null;
    }

    /// <summary>Own priors stated in yuan, in the money of the country at the day's rate.</summary>
    private static Dictionary<string, InputNumber> InMoneyOf(
        Country country,
        InputValues values,
        CatalogView view
    )
    {
        var numbers = new Dictionary<string, InputNumber>(StringComparer.Ordinal);
        if (
            country.Currency != Currency.Cny
            && !values.Has(Conversion)
            && new ExchangeRates(view).Of(Currency.Cny, country.Currency) is { } rate
        )
        {
            var prior = values.Sourced(Conversion);
            numbers[Conversion] = prior with
            {
                Value = prior.Value * rate.Rate,
                Low = prior.Low * rate.Rate,
                High = prior.High * rate.Rate,
                Source = $"{prior.Source}; stated in yuan, converted at {rate.Words}",
            };
        }
        return numbers;
    }
}
