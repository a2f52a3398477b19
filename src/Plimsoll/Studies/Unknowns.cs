using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Numbers that a study must state but says it does not know: what the catalogue knew on the day stands for them, with its whole range.</summary>
internal static class Unknowns
{
    /// <summary>Adds a prior for every <c>unknown</c> of the study that the catalogue can give one for.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <param name="market">The study's: china, us, europe.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="numbers">Priors by path.</param>
    public static void Add(
        InputValues values,
        CatalogView view,
        string market,
        Currency currency,
        Dictionary<string, InputNumber> numbers
    )
    {
        var usual = new UsualAmounts(view);
        foreach (var fleet in values.Items("fleet"))
        {
            Add(fleet, "capex_per_server", usual.Server(fleet.Text("server"), currency), numbers);
        }
        new UnknownLeases(values).Add(
            () => new LeaseRents(values, view, market, currency),
            numbers
        );
    }

    private static void Add(
        InputValues item,
        string key,
        UsualAmount? usual,
        Dictionary<string, InputNumber> numbers
    )
    {
        if (item.IsUnknown(key) && usual is not null)
        {
            var path = item.Path.Key(key).Text;
            numbers[path] = new InputNumber(
                path,
                Math.Sqrt(usual.Low) * Math.Sqrt(usual.High),
                usual.Low,
                usual.High,
                "1",
                $"unknown to the study: prior from {usual.Of}",
                Grade.D,
                true
            );
        }
    }
}
