using System.Diagnostics.CodeAnalysis;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Market.Motion;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets the amounts of a file of any kind beside what the catalogue knows: far outside is a warning, absurdly far an error, both with the likely slip.</summary>
public static class FileMagnitudes
{
    /// <summary>Every amount out of proportion, in file order; those that are no warnings prevent a run.</summary>
    /// <param name="values">A checked file. Amounts of studies and portfolios are judged where those are read.</param>
    /// <param name="catalog">Everything known; a file that names its day is judged by what was known then.</param>
    /// <param name="file">Name of the file for the messages.</param>
    /// <param name="table">The table of a finance case's outlook, if there is one.</param>
    public static IReadOnlyList<LocatedFinding> Of(
        InputValues values,
        FactCatalog catalog,
        string file,
        CsvTable? table = null
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(catalog);
        using var culture = InvariantCulture.Begin();
        var found = new StudyFindings(values, file);
        if (values.Table.Kind != "portfolio")
        {
            // Those of a portfolio are told by its reader, centre by centre.
            found.Add(RangeWarnings.Of(values, file));
        }
        var kind = values.Table.Kind;
        var view = catalog.AsOf(
            kind is "book" or "audit" ? values.Month("decided").LastDay : new DateOnly(9999, 12, 31)
        );
        var judge = new AmountJudge(values, view, found);
        PlausibleBands.Add(values, found);
        switch (kind)
        {
            case "finance":
                found.Add(FinanceMagnitudes.Of(values, view, file, table));
                break;
            case "book":
                Book(values, judge);
                break;
            case "audit":
                Audit(values, judge);
                break;
            case "market":
                Market(values, judge);
                break;
            default:
                break;
        }
        return found.All;
    }

    /// <summary>Amounts of a voucher file, beside the market that it is tried in.</summary>
    /// <param name="values">A checked file of kind voucher.</param>
    /// <param name="currency">Currency of the market's file.</param>
    /// <param name="catalog">Everything known.</param>
    /// <param name="file">Name of the file for the messages.</param>
    public static IReadOnlyList<LocatedFinding> OfVoucher(
        InputValues values,
        Currency currency,
        FactCatalog catalog,
        string file
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(catalog);
        using var culture = InvariantCulture.Begin();
        var found = new StudyFindings(values, file);
        var judge = new AmountJudge(values, catalog.AsOf(new DateOnly(9999, 12, 31)), found);
        if (judge.Usual.Rent([], currency) is { } rent)
        {
            const double Year = 8760;
            var yearly = Scaled(
                rent,
                100 * Year,
                1e6 * Year,
                $"{currency} a year",
                "a hundred to a million accelerators rented for a year"
            );
            var budgets = values.Numbers("budgets");
            for (var i = 0; i < budgets.Length; i++)
            {
                judge.Compare(
                    Plain($"budgets[{i}]", budgets[i], yearly.Unit),
                    yearly,
                    LikelySlip.Money
                );
            }
            var user = Scaled(
                rent,
                8 * Year / 12,
                1e5 * Year,
                $"{currency} a year",
                "a server for a month up to a hundred thousand accelerators for a year"
            );
            judge.Compare("cap_per_user", user, LikelySlip.Money);
            judge.Compare("hour_worth", Hour(rent), LikelySlip.PerAcceleratorHour);
        }
        return found.All;
    }

    private static void Book(InputValues values, AmountJudge judge)
    {
        var home = MarketLink.Of(values.Text("market")).Currency;
        if (values.TextOrNull("currency") is { } written && new Currency(written) != home)
        {
            judge.Found.Refuse(
                new InputPath("currency"),
                "other-currency",
                $"{written}",
                $"{home}, in which the rents and prices of the market '{values.Text("market")}' are",
                $"Convert the loans to {home} at the day's rate, or name the market in which the collateral would be sold."
            );
            return;
        }
        if (!Home(values, judge, home))
        {
            return;
        }
        foreach (var chip in values.Items("chips"))
        {
            var name = chip.Text("name");
            judge.Compare(chip, "new_price", judge.Usual.Accelerator(name, home), LikelySlip.Money);
            judge.Compare(
                chip,
                "stock",
                new UsualAmount(
                    1_000,
                    5e6,
                    "accelerators",
                    "of one kind in a market; the sites of the catalogue alone hold thousands"
                ),
                LikelySlip.Money
            );
        }
        foreach (var loan in values.Items("loans"))
        {
            var chip = loan.Text("chip");
            var count = loan.Number("accelerators");
            judge.Compare(
                loan,
                "outstanding",
                Scaled(
                    judge.Usual.Accelerator(chip, home),
                    0.02 * count,
                    1.2 * count,
                    home.Code,
                    $"2 to 120 % of what {InputText.Plain(count)} accelerators of {chip} cost new"
                ),
                LikelySlip.Money
            );
            var age = loan.Integer("age_months");
            if (judge.Launched(chip) is { } launch && values.Month("decided") + -age < launch)
            {
                judge.Found.Refuse(
                    loan.Path.Key("age_months"),
                    "older-than-the-chip",
                    $"{age} months in {values.Month("decided")}",
                    $"at most {values.Month("decided") - launch}: {chip} is of {launch}",
                    "Correct the age, the chip or the month of the decision."
                );
            }
            var rent = judge.Usual.Rent([chip], home);
            judge.Compare(
                loan,
                "running_cost",
                Running(rent, 730, $"{home} an accelerator-month"),
                LikelySlip.PerMonth
            );
            foreach (var lease in loan.Items("leases"))
            {
                judge.Compare(lease, "price_per_gpu_hour", rent, LikelySlip.PerAcceleratorHour);
            }
        }
    }

    /// <summary>Whether the loans may be counted in the market's money: not where they stand in another money's country and the file names none.</summary>
    private static bool Home(InputValues values, AmountJudge judge, Currency home)
    {
        var market = values.Text("market");
        foreach (var loan in values.Items("loans"))
        {
            if (
                loan.TextOrNull("place") is not { } place
                || judge.CountryOf(place) is not { } country
                || country.Currency == home
            )
            {
                continue;
            }
            if (values.TextOrNull("currency") is null)
            {
                judge.Found.Refuse(
                    loan.Path.Key("place"),
                    "other-currency",
                    $"'{place}' in {country.Name}, and no currency in the file",
                    $"'currency: {home}' when the amounts are in it, as the rents and prices of the market '{market}' are",
                    country.Market is { } own
                        ? $"Write the currency, or 'market: {own}' when the collateral would be sold there."
                        : $"Write the currency, with the loans converted to {home} at the day's rate."
                );
                return false;
            }
            judge.Found.Warn(
                loan.Path.Key("place"),
                "other-country",
                $"'{place}' in {country.Name}",
                $"a place in whose market the collateral would be sold: '{market}' is named",
                $"The rents and prices of '{market}' are taken to hold there; no evidence for that is known here."
            );
            return true;
        }
        return true;
    }

    private static void Audit(InputValues values, AmountJudge judge)
    {
        if (values.Text("unit") is not ("servers" or "accelerators"))
        {
            return;
        }
        var currency = new Currency(values.Text("currency"));
        var each = values.Text("unit") == "servers" ? 8.0 : 1;
        foreach (var claim in values.Items("claims"))
        {
            var amount = claim.Number("amount");
            judge.Compare(claim, "amount", AmountJudge.Fleet(each), AmountJudge.Counts);
            judge.Compare(
                claim,
                "subsidy",
                Scaled(
                    judge.Usual.Accelerator(currency),
                    1e-3 * each * amount,
                    each * amount,
                    currency.Code,
                    "0.1 to 100 % of what the claimed capacity costs"
                ),
                LikelySlip.Money
            );
        }
    }

    private static void Market(InputValues values, AmountJudge judge)
    {
        var currency = MarketInputs.CurrencyOf(values);
        if (MarketInputs.HomeOf(values) is { } home && currency != home)
        {
            judge.Found.Refuse(
                new InputPath("currency"),
                "other-currency",
                $"{currency}",
                $"{home}, in which the rents and prices of the market '{values.Text("base")}' are",
                $"Take the key away, or convert the amounts to {home} at the day's rate."
            );
            return;
        }
        const double ServerMonth = 8 * 730;
        var rent = judge.Usual.Rent(["H100", "H800"], currency);
        var monthly = Scaled(
            rent,
            ServerMonth,
            ServerMonth,
            $"{currency} a server-month",
            rent?.Of ?? ""
        );
        foreach (var key in new[] { "start", "reference", "world" })
        {
            judge.Compare($"rents.{key}", monthly, LikelySlip.PerServerMonth);
        }
        judge.Compare(
            "rents.server_price",
            Scaled(
                judge.Usual.Accelerator(currency),
                8,
                8,
                currency.Code,
                "servers of eight in the catalogue"
            ),
            LikelySlip.PerServer
        );
        foreach (var centre in values.Items("centres"))
        {
            judge.Compare(
                centre,
                "avoidable_cost",
                Running(rent, ServerMonth, $"{currency} a server-month"),
                LikelySlip.PerServerMonth
            );
        }
    }

    /// <summary>Running cost over rent, as it most often is: own estimate, 33,300 yuan of 75,000 to 180,000 a server-month as in the break-even of docs/model/finance.md.</summary>
    internal const double CostOfRent = 0.3;

    /// <summary>What running costs may be of a rent, over some hours: a fiftieth of the least to the whole of the dearest.</summary>
    private static UsualAmount? Running(UsualAmount? rent, double hours, string unit) =>
        rent is null
            ? null
            : Scaled(rent, 0.02 * hours, hours, unit, "2 to 100 % of what it is let for") with
            {
                Typical = CostOfRent * hours * Math.Sqrt(rent.Low * rent.High),
            };

    /// <summary>What an hour in use may be worth beside its rent.</summary>
    private static UsualAmount? Hour(UsualAmount? rent) =>
        rent is null ? null : rent with { Low = 0.01 * rent.Low };

    [return: NotNullIfNotNull(nameof(whole))]
    private static UsualAmount? Scaled(
        UsualAmount? whole,
        double least,
        double most,
        string unit,
        string of
    ) => whole is null ? null : new(least * whole.Low, most * whole.High, unit, of);

    private static InputNumber Plain(string path, double value, string unit) =>
        new(path, value, value, value, unit, "this file", Grade.D, false);
}
