using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;

namespace Plimsoll.Studies.Model;

/// <summary>A hall that is rented by the kilowatt: paid in full from the first fleet to the end of its term, or to the end of its exit notice when everything has left; in place of the site's hall cost.</summary>
/// <param name="PerKwMonth">Rent of a kilowatt and month at the start, money.</param>
/// <param name="Kw">Kilowatts rented, more than 0.</param>
/// <param name="TermMonths">Months from the start of the outlook that are left, at least 1; renewed at <see cref="Renewal"/> while servers stand in it.</param>
/// <param name="Escalator">Yearly rise of the rent, as a fraction.</param>
/// <param name="ExitMonths">Months of rent owed on leaving before the term, 0 or more.</param>
public sealed record HallLease(
    double PerKwMonth,
    double Kw,
    int TermMonths,
    double Escalator,
    int ExitMonths
) : ICourseEffect
{
    /// <summary>Rent after the term over what it would have risen to; 1 on the same terms.</summary>
    public double Renewal { get; init; } = 1;

    /// <summary>Its input rows.</summary>
    public static IReadOnlyList<InputRow> Rows { get; } =
    [
        new(
            "hall",
            InputType.Section,
            "The lease of the hall, where it is rented by the kilowatt; in place of site.colocation."
        ),
        new(
            "hall.per_kw",
            InputType.Number,
            "Rent of a kilowatt and month at the start, in the study's currency."
        )
        {
            Required = true,
            Min = 0,
            Max = 1e5,
            Unit = "1",
        },
        new("hall.kw", InputType.Number, "Kilowatts rented.")
        {
            Required = true,
            Min = 1,
            Max = 1e7,
            Unit = "kW",
        },
        new("hall.term", InputType.Integer, "Months of it that are left when the outlook begins.")
        {
            Default = "120",
            Min = 1,
            Max = 600,
            Unit = "months",
            Source = "halls are leased for ten to twenty-five years; own prior",
        },
        new("hall.escalator", InputType.Number, "Yearly rise of the rent.")
        {
            Default = "0.03",
            Min = -0.1,
            Max = 0.5,
            Unit = "fraction/yr",
            Source = "own prior; replace it with your own figure",
        },
        new(
            "hall.renewal",
            InputType.Number,
            "Rent after the term over what it would have risen to, where the lease is renewed because servers still stand in the hall."
        )
        {
            Default = "1",
            Min = 0.1,
            Max = 10,
            Source = "own prior; replace it with your own figure",
        },
        new(
            "hall.exit_months",
            InputType.Integer,
            "Months of rent owed on leaving before the term, in place of options.exit_notice."
        )
        {
            Default = "12",
            Min = 0,
            Max = 240,
            Unit = "months",
            Source = "own prior; replace it with your own figure",
        },
    ];

    /// <summary>The case with the hall that its file rents; unchanged when it rents none.</summary>
    public static StudyCase On(StudyCase study, InputValues file)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(file);
        if (!file.Has("hall"))
        {
            return study;
        }
        var hall = file.Section("hall");
        return new HallLease(
            hall.Number("per_kw"),
            hall.Number("kw"),
            hall.Integer("term"),
            hall.Number("escalator"),
            hall.Integer("exit_months")
        )
        {
            Renewal = hall.Number("renewal"),
        }.On(study);
    }

    /// <summary>A case in this hall: floors and triggers see its rent by the kilowatt of busy servers.</summary>
    public StudyCase On(StudyCase study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var busy = study.Fleets.Sum(f => f.Servers * f.Power.BusyKw);
        var rate = PerKwMonth * Kw / busy;
        return study with
        {
            Site = study.Site with
            {
                Colocation = new InputNumber(
                    "hall.per_kw",
                    rate,
                    rate,
                    rate,
                    "1",
                    "this study: rent of the hall over the power of its servers",
                    Grade.D,
                    false
                ),
            },
            Effects = [this, .. study.Effects],
        };
    }

    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(outlook);
        var first = Math.Max(0, study.Fleets.Min(f => f.Online) - outlook.Start);
        var rent = new double[outlook.Months];
        for (var m = first; m < Leaves(outlook, first); m++)
        {
            rent[m] =
                PerKwMonth
                * Kw
                * Math.Pow(1 + Escalator, m / 12.0)
                * (m >= TermMonths ? Renewal : 1);
        }
        var none = new double[outlook.Months];
        return outlook with
        {
            Costs =
            [
                .. outlook.Costs.Where(c => c.Name != SiteModel.HallPart),
                new CostSplit(SiteModel.HallPart, none, none, rent),
            ],
        };
    }

    /// <summary>Month after the last that is paid.</summary>
    private int Leaves(MonthlyOutlook outlook, int first)
    {
        var last = outlook.Months - 1;
        while (last >= first && outlook.Installed[last] <= 0)
        {
            last--;
        }
        return last == outlook.Months - 1
            ? outlook.Months
            : Math.Min(
                outlook.Months,
                Math.Max(last + 1, Math.Min(TermMonths, last + 1 + ExitMonths))
            );
    }
}
