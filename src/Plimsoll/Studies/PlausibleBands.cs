using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Studies;

/// <summary>What the field has seen of numbers that no catalogue row bounds: a number far outside is warned of, with the likely slip, and never refused.</summary>
/// <remarks>Money follows the catalogue (<see cref="UsualAmounts"/>); here stand times, shares and counts, which are the same in every currency.</remarks>
internal static class PlausibleBands
{
    /// <summary>A band of one key.</summary>
    /// <param name="Kind">Kind of file.</param>
    /// <param name="Path">Of its row.</param>
    /// <param name="Usual">Where the number usually lies, and why.</param>
    /// <param name="Slips">Slips of such a number.</param>
    internal sealed record Band(
        string Kind,
        string Path,
        UsualAmount Usual,
        IReadOnlyList<LikelySlip.Slip> Slips
    );

    private static readonly LikelySlip.Slip[] _milliseconds =
    [
        new(1e-3, "seconds for milliseconds"),
        new(1e3, "microseconds for milliseconds"),
    ];

    private static readonly LikelySlip.Slip[] _perSecond =
    [
        new(60, "a minute for a second"),
        new(3600, "an hour for a second"),
        new(86_400, "a day for a second"),
    ];

    private static readonly LikelySlip.Slip[] _percent =
    [
        new(10, "a point one place too far right"),
        new(100, "per cent for a share"),
    ];

    private static readonly LikelySlip.Slip[] _energy =
    [
        new(8, "a server of eight accelerators for one"),
        new(24, "a day for an hour"),
        new(730, "a month for an hour"),
        new(1000, "Wh for kWh"),
    ];

    private static readonly LikelySlip.Slip[] _years = [new(1.0 / 12, "years for months")];

    private static readonly UsualAmount _fee = new(
        0.001,
        0.03,
        "as a share",
        "fees of project loans, 0.1 to 3 % of the amount"
    )
    {
        DoubtfulAbove = 3,
    };

    private static readonly UsualAmount _insurance = new(
        0.001,
        0.02,
        "as a share a year",
        "property insurance, 0.1 to 2 % of what is insured a year"
    );

    private static readonly UsualAmount _loan = new(
        24,
        240,
        "months",
        "loans on fleets and halls, two years to twenty"
    )
    {
        DoubtfulBelow = 2.5,
    };

    private static readonly UsualAmount _lease = new(
        12,
        180,
        "months",
        "leases signed before their servers stand, a year to fifteen"
    )
    {
        DoubtfulBelow = 1.5,
    };

    private static readonly UsualAmount _firstToken = new(
        50,
        60_000,
        "ms",
        "promised times to the first token; a prompt alone takes tens of milliseconds"
    );

    private static readonly UsualAmount _perToken = new(
        5,
        1_000,
        "ms",
        "promised times per output token, 1 to 200 tokens a second"
    );

    private static readonly UsualAmount _perServer = new(
        500,
        1_000_000,
        "money for a server",
        "work on a server of eight, from its move to another hall to its conversion, in any currency"
    );

    private static readonly UsualAmount _overLast = new(
        0.5,
        1.3,
        "times the last price",
        "prices of extensions over the last price agreed"
    )
    {
        DoubtfulAbove = 1.5,
        DoubtfulBelow = 2,
    };

    private static readonly UsualAmount _yearlyRate = new(
        0.02,
        0.2,
        "as a share a year",
        "rates of loans on accelerators, 2 to 20 % a year"
    );

    /// <summary>All bands.</summary>
    internal static IReadOnlyList<Band> All { get; } =
    [
        new(
            "inference",
            "size.chips[].price",
            new UsualAmount(
                0.05,
                60,
                "money an accelerator-hour",
                "rents of accelerators, in any currency"
            ),
            LikelySlip.PerAcceleratorHour
        ),
        new("study", "options.conversion_cost_per_server", _perServer, LikelySlip.Money),
        new("study", "options.move_cost_per_server", _perServer, LikelySlip.Money),
        new("study", "signed[].extension_price", _overLast, []),
        new("book", "loans[].rate", _yearlyRate, [.. _percent, new(0.01, "per cent of per cent")]),
        new(
            "market",
            "vouchers[].budget_per_year",
            new UsualAmount(
                1e6,
                1e10,
                "money a year",
                "budgets of compute vouchers, in any currency"
            ),
            LikelySlip.Money
        ),
        new(
            "market",
            "vouchers[].cap_per_user",
            new UsualAmount(10_000, 1e9, "money", "caps of compute vouchers, in any currency"),
            LikelySlip.Money
        ),
        new("inference", "promise.ttft", _firstToken, _milliseconds),
        new("inference", "promise.tpot", _perToken, _milliseconds),
        new(
            "inference",
            "promise.end_to_end",
            new UsualAmount(
                250,
                3_600_000,
                "ms",
                "promised times to the last token, up to an hour"
            ),
            _milliseconds
        ),
        new(
            "inference",
            "workload.clients[].rate",
            new UsualAmount(
                1e-6,
                10_000,
                "requests a second",
                "one client; the busiest public services answer tens of thousands in all"
            ),
            _perSecond
        ),
        new("study", "serving.ttft", _firstToken, _milliseconds),
        new("study", "serving.tpot", _perToken, _milliseconds),
        new("study", "finance.tenor", _loan, _years),
        new("study", "finance.debt[].tenor", _loan, _years),
        new("study", "finance.upfront_fee", _fee, _percent),
        new("study", "finance.commitment_fee", _fee, _percent),
        new("study", "finance.debt[].upfront_fee", _fee, _percent),
        new("study", "finance.debt[].commitment_fee", _fee, _percent),
        new("study", "finance.insurance", _insurance, _percent),
        new("finance", "debt[].tenor", _loan, _years),
        new("finance", "debt[].upfront_fee", _fee, _percent),
        new("finance", "debt[].commitment_fee", _fee, _percent),
        new("finance", "terms.insurance", _insurance, _percent),
        new(
            "finance",
            "outlook.energy_kwh",
            new UsualAmount(
                0.1,
                3,
                "kWh an accelerator-hour",
                "accelerators with their share of server and cooling, 0.1 to 3 kW"
            ),
            _energy
        ),
    ];

    /// <summary>Adds what lies far outside its band.</summary>
    /// <param name="values">The file.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, StudyFindings found)
    {
        foreach (var band in All.Where(b => b.Kind == values.Table.Kind))
        {
            foreach (var number in Numbers(values, band.Path))
            {
                Judge(number, band.Usual, band.Slips, found);
            }
        }
    }

    /// <summary>Leases of servers that are yet to come: nobody signs for months what stands in a year.</summary>
    /// <param name="values">A study.</param>
    /// <param name="found">Findings.</param>
    public static void AddLeases(InputValues values, StudyFindings found)
    {
        var decided = values.Month("decided");
        foreach (
            var lease in values
                .Items("signed")
                .Where(l => l.Has("tenor") && l.Integer("months_run") == 0)
        )
        {
            var fleet = lease.TextOrNull("fleet");
            if (
                values
                    .Items("fleet")
                    .Where(f => fleet is null || f.TextOrNull("name") == fleet)
                    .All(f => f.Month("online") > decided + 1)
            )
            {
                Judge(lease.Sourced("tenor"), _lease, _years, found);
            }
        }
    }

    private static void Judge(
        InputNumber number,
        UsualAmount usual,
        IReadOnlyList<LikelySlip.Slip> slips,
        StudyFindings found
    )
    {
        if (usual.Judge(number, slips, false) is { } finding)
        {
            found.Add(finding);
        }
    }

    /// <summary>The numbers that a file states at a path; <c>[]</c> for every item.</summary>
    private static IEnumerable<InputNumber> Numbers(InputValues part, string path)
    {
        var list = path.IndexOf("[].", StringComparison.Ordinal);
        return list >= 0 ? part.Items(path[..list]).SelectMany(i => Numbers(i, path[(list + 3)..]))
            : part.Has(path) ? [part.Sourced(path)]
            : [];
    }
}
