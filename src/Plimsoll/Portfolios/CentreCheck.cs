using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>What of a portfolio contradicts itself or lies far outside what is usual, beyond what a study of each centre finds.</summary>
/// <param name="view">The catalogue as known at the decision.</param>
/// <param name="decided">Month of the decision.</param>
internal sealed class CentreCheck(CatalogView view, Month decided)
{
    /// <summary>Servers of one centre: the largest known of is some tens of thousands.</summary>
    private const double MostServers = 20_000;

    private readonly UsualAmounts _usual = new(view);

    /// <summary>Findings of a centre, with paths below it.</summary>
    /// <param name="centre">As written.</param>
    /// <param name="study">The case made of it.</param>
    /// <param name="currency">Currency of its money.</param>
    public IEnumerable<Finding> Of(InputValues centre, StudyCase study, Currency currency) =>
        Today(centre, study).Concat(Spent(centre)).Concat(Amounts(centre, study, currency));

    private IEnumerable<Finding> Today(InputValues centre, StudyCase study)
    {
        var let = Share(centre, "let");
        var state = centre.Text("state");
        var first = study.Fleets.Min(f => f.Online);
        if (let > 0 && state != "standing")
        {
            yield return new Finding(
                new InputPath("today.let"),
                "not-there-yet",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{let} let of a centre that is {state}"
                ),
                "nothing let before it stands",
                "Take 'today.let' out, or write 'state: standing'; contracts signed ahead stand under 'signed'."
            );
        }
        if (let > 0 && state == "standing" && first > decided + 1)
        {
            yield return new Finding(
                new InputPath("today.let"),
                "not-there-yet",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{let} let, and no server before {first}"
                ),
                $"servers by {decided}",
                "Correct 'online', or write 'state: building'."
            );
        }
        if (state == "building" && study.Fleets.All(f => f.Online <= decided))
        {
            yield return new Finding(
                new InputPath("fleet[0].online"),
                "stands-already",
                $"servers that all came by {study.Fleets.Max(f => f.Online)}",
                $"a fleet that comes after the decision in {decided}",
                "Write 'state: standing' of a centre that stands, or correct 'online'."
            );
        }
        if (let is { } rented && Share(centre, "load") is { } used && used > rented)
        {
            yield return new Finding(
                new InputPath("today.load"),
                "contradiction",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{used} in use of {rented} that is let"
                ),
                "a share in use of at most the share that is let",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Exchange 'let' and 'load' if they stand in each other's place; as it stands {Math.Round(used - rented, 6)} is taken as sold by the hour without a contract."
                )
            )
            {
                IsWarning = true,
            };
        }
        if (let is { } under && Share(centre, "racked") is { } racked && under > racked)
        {
            yield return Contradiction(
                "today.let",
                string.Create(CultureInfo.InvariantCulture, $"{under} let of {racked} in racks"),
                "a share let of at most the share in racks"
            );
        }
        if (Share(centre, "load") is { } load && Share(centre, "lit") is { } lit && load > lit)
        {
            yield return Contradiction(
                "today.load",
                string.Create(CultureInfo.InvariantCulture, $"{load} in use of {lit} switched on"),
                "a share in use of at most the share switched on"
            );
        }
    }

    /// <summary>Two shares of which one must be the larger.</summary>
    private static Finding Contradiction(string path, string found, string expected) =>
        new(
            new InputPath(path),
            "contradiction",
            found,
            expected,
            "Correct the one that is wrong; it may stand, and the report says so."
        )
        {
            IsWarning = true,
        };

    /// <summary>Money spent on what is being built is nothing to a centre that stands, or that nobody has begun.</summary>
    private static IEnumerable<Finding> Spent(InputValues centre)
    {
        const string Key = "construction.spent";
        var state = centre.Text("state");
        if (state != "building" && centre.Has(Key) && centre.Number(Key) is var spent and > 0)
        {
            yield return new Finding(
                new InputPath(Key),
                "without-effect",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{spent:0} spent on a centre that is {state}"
                ),
                "money spent on a centre that is being built",
                "It is not counted: what stands is paid for, and what is planned is not begun. Take it out, or write 'state: building'."
            )
            {
                IsWarning = true,
            };
        }
    }

    private IEnumerable<Finding> Amounts(InputValues centre, StudyCase study, Currency currency)
    {
        var capital = study.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value);
        var whole = new UsualAmount(
            0.001 * capital,
            capital,
            currency.Code,
            "0.1 to 100 % of the capital cost of its fleet"
        );
        (string Path, UsualAmount? Usual, IReadOnlyList<LikelySlip.Slip> Slips)[] all =
        [
            (
                "today.price_per_gpu_hour",
                _usual.Rent([.. study.Fleets.Select(f => f.Accelerator)], currency),
                LikelySlip.PerAcceleratorHour
            ),
            ("grant_due", whole, LikelySlip.Money),
            ("construction.spent", whole, LikelySlip.Money),
            (
                "jobs",
                new UsualAmount(
                    1,
                    Math.Max(20, study.Fleets.Sum(f => f.Servers)),
                    "people",
                    "its servers"
                ),
                []
            ),
        ];
        foreach (var (path, usual, slips) in all)
        {
            if (centre.Has(path) && usual?.Judge(centre.Sourced(path), slips) is { } finding)
            {
                yield return finding with
                {
                    Path = new InputPath(path),
                };
            }
        }
        if (
            centre.Text("state") == "building"
            && centre.Has("construction.spent")
            && centre.Number("construction.spent") is var spent
            && spent > capital
            && spent <= UsualAmount.Doubtful * capital
        )
        {
            yield return new Finding(
                new InputPath("construction.spent"),
                "contradiction",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{spent:0} spent on a fleet that costs {capital:0} {currency.Code}"
                ),
                "at most what the fleet costs",
                "Either servers are missing, or what was spent is not all theirs; it may stand, and the report says so."
            )
            {
                IsWarning = true,
            };
        }
        foreach (var fleet in centre.Items("fleet"))
        {
            if (
                fleet.NumberOrNull("servers") is not null
                && new UsualAmount(1, MostServers, "servers", "one centre").Judge(
                    fleet.Sourced("servers"),
                    [new LikelySlip.Slip(8, "accelerators for servers of eight")]
                )
                    is { } finding
            )
            {
                yield return finding with
                {
                    Path = new InputPath("fleet[0].servers"),
                };
            }
        }
    }

    private static double? Share(InputValues centre, string key) =>
        centre.Has($"today.{key}") ? centre.Number($"today.{key}") : null;

    /// <summary>Findings of the head: what an hour is worth, and the budget.</summary>
    /// <param name="file">The portfolio.</param>
    /// <param name="centres">Its centres.</param>
    /// <param name="currency">Currency of its money.</param>
    public IEnumerable<Finding> OfHead(
        InputValues file,
        IReadOnlyList<PortfolioCentre> centres,
        Currency currency
    )
    {
        var capital = centres.Sum(c => c.Case.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value));
        (string Path, UsualAmount? Usual, IReadOnlyList<LikelySlip.Slip> Slips)[] all =
        [
            (
                "value.useful_gpu_hour",
                _usual.Rent(
                    [.. centres.SelectMany(c => c.Case.Fleets).Select(f => f.Accelerator)],
                    currency
                ),
                LikelySlip.PerAcceleratorHour
            ),
            (
                "budget.amount",
                new UsualAmount(
                    0.0005 * capital,
                    capital,
                    currency.Code,
                    "0.05 to 100 % of the capital cost of all fleets"
                ),
                LikelySlip.Money
            ),
        ];
        foreach (var (path, usual, slips) in all)
        {
            if (file.Has(path) && usual?.Judge(file.Sourced(path), slips) is { } finding)
            {
                yield return finding with
                {
                    Path = new InputPath(path),
                };
            }
        }
    }
}
