using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>A study has one currency, that of its site's country: market, tax, vouchers and the site looked at instead must be of it.</summary>
internal static class CountryCheck
{
    /// <summary>Adds what is of another country or currency.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, CatalogView view, StudyFindings found)
    {
        var site = values.Text("site.name");
        if (CountryDefaults.CountryOf(values, view) is not { } country)
        {
            return;
        }
        Market(values, site, country, found);
        Tax(values, site, country, found);
        if (
            values.TextOrNull("options.elsewhere") is { } elsewhere
            && CountryDefaults.OfSite(elsewhere, view) is { } there
            && there.Code != country.Code
        )
        {
            found.Refuse(
                new InputPath("options.elsewhere"),
                "other-currency",
                $"'{elsewhere}' in {there.Name}, with prices in {there.Currency}",
                $"a site in {country.Name}, as {site}",
                "Rents, tax and money of another country are another study: write one for it and compare the verdicts."
            );
        }
        if (
            values.TextOrNull("centre.voucher_scheme") is { } scheme
            && VoucherCurrency(scheme, view) is { } money
            && money != country.Currency
        )
        {
            found.Refuse(
                new InputPath("centre.voucher_scheme"),
                "other-currency",
                $"'{scheme}', paid in {money}",
                $"a scheme in {country.Currency}, the money of {site}",
                "Take the scheme away, or name one of the site's own country."
            );
        }
        if (
            country.Currency != Currency.Cny
            && Borrows(values)
            && !values.Has("finance.base_rate")
            && values.Section("finance").Items("forward_rates").Count == 0
        )
        {
            found.Refuse(
                new InputPath("finance.base_rate"),
                "missing-key",
                $"nothing",
                $"the base rate of loans in {country.Currency}",
                "The default is a rate of yuan. Write the base rate of the loan's own currency, or no loan: 'gearing: 0'."
            );
        }
    }

    /// <summary>True when the section's one loan is lent; a list of tranches states every base rate itself.</summary>
    private static bool Borrows(InputValues values) =>
        values.Section("finance").Items("debt").Count == 0
        && (values.Number("finance.gearing") > 0 || values.Number("finance.existing_debt") > 0);

    private static void Market(
        InputValues values,
        string site,
        Country country,
        StudyFindings found
    )
    {
        if (!values.Has("market.name"))
        {
            if (country.Market is null)
            {
                found.Refuse(
                    new InputPath("site.name"),
                    "no-market",
                    $"'{site}' in {country.Name}",
                    $"a site in {Markets()}",
                    "No market of accelerator-hours is modelled for this country, and none is assumed; "
                        + $"where its prices are in {string.Join(" or ", Country.All.Where(c => c.Market is not null).Select(c => c.Currency).Distinct())}, 'market.name' may name the market whose rents you hold to be right."
                );
            }
            return;
        }
        var name = values.Text("market.name");
        if (
            country.Market == name
            || Country.OfMarket(name) is not { } home
            || home.Code == country.Code
        )
        {
            return;
        }
        if (home.Currency != country.Currency)
        {
            found.Refuse(
                new InputPath("market.name"),
                "other-currency",
                $"'{name}', with rents in {home.Currency}",
                $"the market of {country.Name}, where {site} is and costs are in {country.Currency}",
                country.Market is { } own
                    ? $"Take the key away, or write '{own}'; or name a site in {home.Name}."
                    : $"Name a site in {home.Name}; no market is modelled for {country.Name}."
            );
        }
        else
        {
            found.Warn(
                new InputPath("market.name"),
                "other-country",
                $"'{name}' for {site} in {country.Name}",
                $"the market of the site's own country",
                $"The rents of {home.Name} are taken to hold there; no evidence for that is known here."
            );
        }
    }

    private static string Markets() =>
        string.Join(" or ", Country.All.Where(c => c.Market is not null).Select(c => c.Name));

    private static void Tax(InputValues values, string site, Country country, StudyFindings found)
    {
        if (!values.Has("finance.tax"))
        {
            if (country.Tax is null)
            {
                found.Refuse(
                    new InputPath("finance.tax"),
                    "missing-key",
                    $"nothing",
                    $"a tax preset",
                    $"The catalogue has none for {country.Name}; name the nearest one with 'finance.tax'."
                );
            }
            return;
        }
        var preset = values.Text("finance.tax");
        if (Country.OfTax(preset) is not { } home || home.Code == country.Code)
        {
            return;
        }
        if (country.Tax is { } own)
        {
            found.Refuse(
                new InputPath("finance.tax"),
                "other-country",
                $"'{preset}' for {site} in {country.Name}",
                $"'{own}'",
                $"Take the key away, or write '{own}'."
            );
        }
        else
        {
            found.Warn(
                new InputPath("finance.tax"),
                "other-country",
                $"'{preset}' for {site} in {country.Name}",
                $"a preset of {country.Name}, of which the catalogue has none",
                $"Tax is counted as in {home.Name}."
            );
        }
    }

    private static Currency? VoucherCurrency(string scheme, CatalogView view)
    {
        var unit = view.Find("vouchers", scheme)
            ?.Facts.Select(f => f.Number?.Unit)
            .FirstOrDefault(u => u is "CNY" or "USD" or "EUR");
        return unit is null ? null : new Currency(unit);
    }
}
