using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets the prices and the capital cost of a finance case beside what the catalogue knows: far outside is a warning, absurdly far an error, both with the likely slip.</summary>
public static class FinanceMagnitudes
{
    /// <summary>Least share of the usual cost of accelerators that capital as a whole comes to: halls and servers may be leased.</summary>
    private const double LeastCapital = 0.1;

    /// <summary>Every amount out of proportion, in file order; those that are no warnings prevent a run.</summary>
    /// <param name="values">A checked file of kind finance.</param>
    /// <param name="view">The catalogue.</param>
    /// <param name="file">Name of the file for the messages.</param>
    public static IReadOnlyList<LocatedFinding> Of(
        InputValues values,
        CatalogView view,
        string file
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(view);
        var found = new StudyFindings(values, file);
        var usual = new UsualAmounts(view);
        if (
            !Currency.IsCode(values.Text("currency"))
            || values
                .Section("outlook")
                .Items("sales")
                .Any(s => s.TextOrNull("currency") is { } own && !Currency.IsCode(own))
        )
        {
            // What is no currency is refused where the case is read.
            return [];
        }
        var currency = new Currency(values.Text("currency"));
        var outlook = values.Section("outlook");
        var rent = usual.Rent([], currency);
        foreach (var sale in outlook.Items("sales"))
        {
            var paid = sale.TextOrNull("currency") is { } own
                ? usual.Rent([], new Currency(own))
                : rent;
            Judge(sale.Sourced("price"), paid, LikelySlip.PerAcceleratorHour, found);
        }
        Capital(values, outlook, usual, currency, found);
        return found.All;
    }

    private static void Capital(
        InputValues values,
        InputValues outlook,
        UsualAmounts usual,
        Currency currency,
        StudyFindings found
    )
    {
        var installed = outlook.NumberOrNull("accelerators") ?? 0;
        if (!(installed > 0) || usual.Accelerator(currency) is not { } each)
        {
            return;
        }
        var costs = values.Items("capital").Select(c => c.Sourced("amount")).ToList();
        var sum = costs.Sum(c => c.Value);
        var whole = each with
        {
            Low = LeastCapital * installed * each.Low,
            High = installed * each.High,
            Of = $"{installed:#,0} accelerators with their servers ({each.Of})",
        };
        // What is out of proportion is the whole; it is said at its largest part.
        if (costs.MaxBy(c => c.Value) is { } largest)
        {
            Judge(
                largest with
                {
                    Value = sum,
                    Low = sum,
                    High = sum,
                },
                whole,
                LikelySlip.Money,
                found
            );
        }
    }

    private static void Judge(
        InputNumber number,
        UsualAmount? usual,
        IReadOnlyList<LikelySlip.Slip> slips,
        StudyFindings found
    )
    {
        if (usual?.Judge(number, slips) is { } finding)
        {
            found.Add(finding);
        }
    }
}
