using Plimsoll.Decisions;

namespace Plimsoll.Portfolios;

/// <summary>What a plan came to for one centre, draw by draw.</summary>
/// <remarks>All arrays have one entry a draw; money of the month of decision.</remarks>
public sealed class CentreFigures(int draws)
{
    /// <summary>Present value before finance at the hurdle, whatever is owed: a study's project NPV.</summary>
    public double[] ProjectNpv { get; } = new double[draws];

    /// <summary>Lender's loss, money; 0 without debt.</summary>
    public double[] LenderLoss { get; } = new double[draws];

    /// <summary>True when its debt defaulted.</summary>
    public bool[] Default { get; } = new bool[draws];

    /// <summary>Accelerator-hours sold over the horizon.</summary>
    public double[] SoldHours { get; } = new double[draws];

    /// <summary>Of these, in which work ran.</summary>
    public double[] UsefulHours { get; } = new double[draws];

    /// <summary>Accelerator-hours installed over the horizon.</summary>
    public double[] InstalledHours { get; } = new double[draws];

    /// <summary>Public money spent on it, discounted: grants less what is paid back, vouchers, and what the action takes of the budget.</summary>
    public double[] PublicMoney { get; } = new double[draws];

    /// <summary>Worth in the plan: the present value, and what the portfolio's value adds and takes off.</summary>
    public double[] Value { get; } = new double[draws];

    /// <summary>All figures of a study; null where only the value was asked for.</summary>
    public DrawFigures? Study { get; init; }

    /// <summary>Let share by month, mean of the draws; empty where only the value was asked for.</summary>
    public double[] LetByMonth { get; internal set; } = [];

    /// <summary>Installed accelerators by month, mean of the draws; empty where only the value was asked for.</summary>
    public double[] InstalledByMonth { get; internal set; } = [];
}

/// <summary>What a plan came to in joint draws.</summary>
public sealed class PlanFigures
{
    /// <summary>Room for a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="centres">How many centres.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="study">The figures of a study for each centre; null to keep the value alone.</param>
    public PlanFigures(PortfolioPlan plan, int centres, int draws, Func<int, DrawFigures>? study)
    {
        (Plan, Draws) = (plan, draws);
        Centres =
        [
            .. Enumerable
                .Range(0, centres)
                .Select(c => new CentreFigures(draws) { Study = study?.Invoke(c) }),
        ];
        Failure = new string?[draws];
    }

    /// <summary>The plan.</summary>
    public PortfolioPlan Plan { get; }

    /// <summary>Draws.</summary>
    public int Draws { get; }

    /// <summary>One a centre, in the portfolio's order.</summary>
    public IReadOnlyList<CentreFigures> Centres { get; }

    /// <summary>Why a draw could not be computed; null where it could.</summary>
    public string?[] Failure { get; }

    /// <summary>Worth of the plan in a draw; NaN where it could not be computed.</summary>
    public double Value(int draw) =>
        Failure[draw] is null ? Centres.Sum(c => c.Value[draw]) : double.NaN;

    /// <summary>Worth of the plan in every draw that was computed.</summary>
    public double[] Values =>
        [.. Enumerable.Range(0, Draws).Where(d => Failure[d] is null).Select(Value)];

    /// <summary>Mean worth over the draws.</summary>
    public double Mean => Values is { Length: > 0 } values ? values.Average() : double.NaN;

    /// <summary>A sum over the centres in every draw that was computed.</summary>
    /// <param name="of">The part of a centre in a draw.</param>
    public double[] Sum(Func<CentreFigures, int, double> of) =>
        [
            .. Enumerable
                .Range(0, Draws)
                .Where(d => Failure[d] is null)
                .Select(d => Centres.Sum(c => of(c, d))),
        ];
}
