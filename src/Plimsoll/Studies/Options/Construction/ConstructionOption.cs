using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Construction;

/// <summary>What has been done of a centre that is being built.</summary>
/// <param name="Spent">Money spent on it so far, 0 or more.</param>
/// <param name="CancellationShare">Share of what is ordered and not yet paid that is owed on cancelling, 0 to 1.</param>
/// <param name="AssignmentShare">Share of what was spent that a buyer of the orders would pay, 0 or more.</param>
public sealed record BuildingState(double Spent, double CancellationShare, double AssignmentShare)
{
    /// <summary>Its input rows.</summary>
    public static IReadOnlyList<InputRow> Rows { get; } =
    [
        new(
            "construction",
            InputType.Section,
            "How far a centre under construction has come, when the question is what to do with it."
        ),
        new(
            "construction.spent",
            InputType.Number,
            "Money spent on it so far, deposits among it, in the study's currency."
        )
        {
            Default = "0",
            Min = 0,
            Max = 1e13,
            Unit = "1",
        },
        new(
            "construction.cancellation_share",
            InputType.Number,
            "Share of what is ordered and not yet paid that is owed on cancelling."
        )
        {
            Default = "0.15",
            Min = 0,
            Max = 1,
            Unit = "fraction",
            Source = "own prior; replace it with your own figure",
        },
        new(
            "construction.assignment_share",
            InputType.Number,
            "Share of what was spent that a buyer of the orders would pay."
        )
        {
            Default = "0.4",
            Min = 0,
            Max = 2,
            Unit = "fraction",
            Source = "own prior; replace it with your own figure",
        },
        new(
            "construction.undrawn",
            InputType.Number,
            "Commitment of the lender of finance.existing_debt that is not yet drawn, in the study's currency: finishing draws it before equity, stopping loses it."
        )
        {
            Default = "0",
            Min = 0,
            Max = 1e13,
            Unit = "1",
        },
        new(
            "construction.available_until",
            InputType.Month,
            "Last month in which it may be drawn; silent for until the last fleet comes."
        ),
        new(
            "construction.break_share",
            InputType.Number,
            "Share of the debt drawn that is owed on top when it is repaid because nothing is built."
        )
        {
            Default = "0.01",
            Min = 0,
            Max = 0.5,
            Unit = "fraction",
            Source = "own prior; replace it with the loan's prepayment clause",
        },
    ];

    /// <summary>The debt of a centre that is being built; null where a file states none, neither drawn nor to draw.</summary>
    /// <param name="file">A file whose question is what to do with a half-built centre.</param>
    /// <param name="start">First month looked at.</param>
    /// <param name="lastOnline">Month (from 0) in which the last fleet comes.</param>
    public static BuildingDebt? Debt(InputValues file, Quantities.Month start, int lastOnline)
    {
        ArgumentNullException.ThrowIfNull(file);
        var (drawn, undrawn) = (
            file.Number("finance.existing_debt"),
            file.Number("construction.undrawn")
        );
        return drawn > 0 || undrawn > 0
            ? new BuildingDebt(
                drawn,
                undrawn,
                file.MonthOrNull("construction.available_until") is { } until
                    ? until - start
                    : lastOnline,
                file.Number("construction.break_share")
            )
            : null;
    }

    /// <summary>As a file describes it.</summary>
    public static BuildingState Read(InputValues file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var c = file.Section("construction");
        return new BuildingState(
            c.Number("spent"),
            c.Number("cancellation_share"),
            c.Number("assignment_share")
        );
    }

    /// <summary>Owed for cancelling orders that are not yet paid: damages.</summary>
    /// <param name="unpaid">What of the orders cancelled is not yet paid, money.</param>
    internal CourseCost Fee(double unpaid) =>
        CourseCost.Of(Phrase.Of("cost.cancel"), CancellationShare * unpaid) with
        {
            IsDamages = true,
        };

    /// <summary>The plan of which nothing is built: all that was spent is given up.</summary>
    internal StudyCase Unbuilt(StudyCase plan) =>
        plan with
        {
            Gate = new NeverBuilt(),
            Spent = new SpentBefore(0, Spent),
        };

    /// <summary>Capital cost of a plan at best estimates.</summary>
    public static double Total(StudyCase plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value);
    }

    /// <summary>The plan with only what is left to pay: money spent is sunk.</summary>
    public StudyCase Left(StudyCase plan)
    {
        var total = Total(plan);
        return plan with
        {
            CapexFactor = total > 0 ? Math.Max(0, total - Spent) / total : 1,
            Spent = new SpentBefore(Math.Min(total, Spent), Math.Max(0, Spent - total)),
        };
    }
}

/// <summary>What the sponsor of a half-built centre could do. One file an option.</summary>
public interface IConstructionOption
{
    /// <summary>The option as a case to run.</summary>
    /// <param name="plan">The plan as it was begun.</param>
    /// <param name="state">How far it has come.</param>
    StudyOption Of(StudyCase plan, BuildingState state);
}

/// <summary>The options of a centre under construction, finishing first.</summary>
public static class ConstructionOptions
{
    /// <summary>The options that a file describes.</summary>
    public static IReadOnlyList<IConstructionOption> Read(InputValues file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return
        [
            new Finish(),
            new Shrink(file.Number("options.smaller_share")),
            new Stop(),
            new Assign(),
        ];
    }
}
