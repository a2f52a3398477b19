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
    /// <param name="currency">The study's.</param>
    /// <param name="numbers">Priors by path.</param>
    public static void Add(
        InputValues values,
        CatalogView view,
        Currency currency,
        Dictionary<string, InputNumber> numbers
    )
    {
        var usual = new UsualAmounts(view);
        var chips = values
            .Items("fleet")
            .Select(f => view.Find("servers", f.Text("server"))?.TextOrNull("accelerator") ?? "")
            .ToList();
        foreach (var fleet in values.Items("fleet"))
        {
            Add(fleet, "capex_per_server", usual.Server(fleet.Text("server"), currency), numbers);
        }
        foreach (var lease in values.Items("signed"))
        {
            Add(lease, "price_per_gpu_hour", usual.Rent(chips, currency), numbers);
            AddTenor(lease, numbers);
        }
    }

    /// <summary>The file with the priors that need no catalogue, for what is checked of a file whose site or hardware is not known.</summary>
    public static InputValues WithoutCatalogue(InputValues values)
    {
        var numbers = new Dictionary<string, InputNumber>(StringComparer.Ordinal);
        foreach (var lease in values.Items("signed"))
        {
            AddTenor(lease, numbers);
        }
        return values.With(
            new InputFallbacks(numbers, new Dictionary<string, string>(StringComparer.Ordinal))
        );
    }

    /// <summary>Months left of a lease of which nothing is known: half of the year for which leases are usually signed, own prior.</summary>
    private static void AddTenor(InputValues lease, Dictionary<string, InputNumber> numbers)
    {
        if (lease.IsUnknown("tenor"))
        {
            var path = lease.Path.Key("tenor").Text;
            numbers[path] = new InputNumber(
                path,
                6,
                6,
                6,
                "months",
                "unknown to the study: half of the year for which leases are usually signed",
                Grade.D,
                true
            );
        }
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
