using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Sets one amount of a file after another beside what is usual, and collects those that lie far outside.</summary>
/// <param name="values">The whole file.</param>
/// <param name="view">The catalogue of the day.</param>
/// <param name="found">Findings.</param>
internal sealed class AmountJudge(InputValues values, CatalogView view, StudyFindings found)
{
    /// <summary>Accelerators of the largest single sites that stand or are announced; more in one fleet is doubted.</summary>
    private const double LargestSite = 100_000;

    /// <summary>What is usual by the catalogue.</summary>
    public UsualAmounts Usual { get; } = new(view);

    /// <summary>Findings so far.</summary>
    public StudyFindings Found => found;

    /// <summary>The country of a place that the catalogue knows; null otherwise.</summary>
    public Country? CountryOf(string place) => CountryDefaults.OfSite(place, view);

    /// <summary>Slips with a count of servers.</summary>
    public static IReadOnlyList<LikelySlip.Slip> Counts { get; } =
    [new(8, "accelerators for servers of eight")];

    /// <summary>How many servers of a size one fleet holds: a handful up to the largest sites.</summary>
    /// <param name="accelerators">Accelerators of a server.</param>
    public static UsualAmount Fleet(double accelerators) =>
        new(
            1,
            LargestSite / accelerators,
            accelerators > 1 ? "servers" : "accelerators",
            "one place; the largest sites hold some 100,000 accelerators"
        );

    /// <summary>Judges a key of the file where it is written.</summary>
    public void Compare(string path, UsualAmount? usual, IReadOnlyList<LikelySlip.Slip> slips) =>
        Compare(values, path, usual, slips);

    /// <summary>Judges a key of a part of the file where it is written.</summary>
    public void Compare(
        InputValues part,
        string path,
        UsualAmount? usual,
        IReadOnlyList<LikelySlip.Slip> slips
    )
    {
        if (part.Has(path) && part.NumberOrNull(path) is not null)
        {
            Compare(part.Sourced(path), usual, slips);
        }
    }

    /// <summary>Judges a number.</summary>
    public void Compare(
        InputNumber number,
        UsualAmount? usual,
        IReadOnlyList<LikelySlip.Slip> slips
    )
    {
        if (usual?.Judge(number, slips) is { } finding)
        {
            found.Add(finding);
        }
    }

    /// <summary>The month in which a chip was launched; null when the catalogue does not tell.</summary>
    public Month? Launched(string chip) =>
        DateOnly.TryParseExact(
            view.Find(Accelerator.Kind, chip)?.TextOrNull("launch"),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? new Month(day.Year, day.Month)
            : null;

    /// <summary>Accelerators of the servers of some fleets, by name.</summary>
    public IReadOnlyList<string> Chips(IEnumerable<InputValues> fleets) =>
        [
            .. fleets
                .Select(f => f.TextOrNull("server"))
                .OfType<string>()
                .Select(s => view.Find("servers", s)?.TextOrNull("accelerator"))
                .OfType<string>(),
        ];
}
