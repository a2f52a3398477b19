using Plimsoll.Quantities;
using Plimsoll.Risk;

namespace Plimsoll.Decisions;

/// <summary>An option with its draws and what follows from them.</summary>
public sealed record OptionResult
{
    /// <summary>Its name, as printed.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in the words of any language.</summary>
    public Phrase Title
    {
        get => field ?? Phrase.Of("name", Name);
        init;
    }

    /// <summary>The verdict that choosing it would be.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>What it begins with.</summary>
    public FirstStep Begins { get; init; }

    /// <summary>True when another course begins with the same step.</summary>
    public bool BeginsLike(OptionResult other) =>
        Begins is not FirstStep.Own && Begins == other.Begins;

    /// <summary>How it can be undone once begun.</summary>
    public Undoing Undone
    {
        get => _undone ?? UndoingOf.Course(Kind);
        init => _undone = value;
    }

    private readonly Undoing? _undone;

    /// <summary>What it is, in one sentence.</summary>
    public required string Description { get; init; }

    /// <summary><see cref="Description"/> in the words of any language.</summary>
    public Phrase Said
    {
        get => field ?? Phrase.Of("name", Description);
        init;
    }

    /// <summary>The draws.</summary>
    public required DrawFigures Figures { get; init; }

    /// <summary>The lender's tests; empty without debt.</summary>
    public required IReadOnlyList<RuleTest> Credit { get; init; }

    /// <summary>The sponsor's tests.</summary>
    public required IReadOnlyList<RuleTest> Equity { get; init; }

    /// <summary>Debt owed at the decision, money, 0 or more.</summary>
    public double Owed { get; init; }

    /// <summary>True when it was let go before all draws were run, because it fails the rule beyond doubt (<see cref="StoppingRule"/>); its figures rest on the draws it was run on.</summary>
    public bool Stopped { get; init; }

    /// <summary>All its tests together.</summary>
    public RuleOutcome Outcome => DecisionRule.Overall([.. Credit, .. Equity]);

    /// <summary>Mean NPV to equity over the sound draws.</summary>
    public double MeanEquityNpv => Mean(Figures.EquityNpv);

    /// <summary>Mean value of the centre before finance over the sound draws.</summary>
    public double MeanProjectNpv => Mean(Figures.ProjectNpv);

    /// <summary>Spread of the value of the centre before finance.</summary>
    public Spread ProjectNpv => Spread(Figures.ProjectNpv, BadSide.Low);

    /// <summary>Value of the centre before finance by which courses are ranked: its mean with the outermost draws drawn in (<see cref="Winsorised"/>), and its standard error.</summary>
    public (double Mean, double Error) RobustProjectNpv
    {
        get
        {
            var sound = Figures.Sound;
            return sound.Length == 0
                ? (double.NaN, double.NaN)
                : MeanOfWorlds.Of(
                    Winsorised.Of([.. sound.Select(i => Figures.ProjectNpv[i])]),
                    [.. sound.Select(i => Figures.World[i])]
                );
        }
    }

    /// <summary>How the course stands to the lender's tests: passes where nothing is owed.</summary>
    public RuleOutcome OnCredit =>
        Credit.Count == 0 ? RuleOutcome.Passes : DecisionRule.Overall(Credit);

    /// <summary>Mean value to the lender over the sound draws; NaN without debt.</summary>
    public double MeanLenderValue => Mean(Figures.LenderValue);

    /// <summary>Spread of fill.</summary>
    public Spread Fill => Spread(Figures.Fill, BadSide.Low);

    /// <summary>Spread of the rent obtained.</summary>
    public Spread Rent => Spread(Figures.Rent, BadSide.Low);

    /// <summary>Spread of the lowest trailing cover.</summary>
    public Spread MinimumCover => Spread(Figures.MinimumCover, BadSide.Low);

    /// <summary>Spread of the return on equity, total losses at -1, over the draws that build; without percentiles when fewer than nine in ten have a single rate.</summary>
    /// <remarks>A mean of rates of return means nothing and is never given.</remarks>
    public Spread EquityIrr
    {
        get
        {
            var built = Figures.Sound.Where(i => Figures.Built[i]).ToArray();
            var spread = Risk.Spread.Of([.. built.Select(i => Figures.EquityIrr[i])], BadSide.Low);
            return spread.Defined >= EnoughRates * spread.Draws
                ? spread with
                {
                    Mean = double.NaN,
                }
                : new Spread(
                    double.NaN,
                    double.NaN,
                    double.NaN,
                    double.NaN,
                    spread.Defined,
                    spread.Draws
                );
        }
    }

    /// <summary>Share of draws that must have a rate of return before its percentiles are given: those without one are not a random tenth.</summary>
    private const double EnoughRates = 0.9;

    /// <summary>Spread of NPV to equity.</summary>
    public Spread EquityNpv => Spread(Figures.EquityNpv, BadSide.Low);

    /// <summary>Share of the draws in which it is built, 0 to 1: waiting may end in not building.</summary>
    public double BuiltShare =>
        Figures.Sound is { Length: > 0 } sound
            ? (double)sound.Count(i => Figures.Built[i]) / sound.Length
            : double.NaN;

    /// <summary>Odds that the covenant is ever broken, where it is built.</summary>
    public Proportion Breach => Odds(i => Figures.Breach[i]);

    /// <summary>Odds of a payment default, where it is built.</summary>
    public Proportion Default => Odds(i => Figures.Default[i]);

    /// <summary>Odds of a year or more below 30 % full, where it is built.</summary>
    public Proportion EmptyYear => Odds(i => Figures.EmptyMonths[i] >= 12);

    /// <summary>Mean difference of NPV to equity against another option, on the same draws, with its standard error.</summary>
    public (double Mean, double Error) Against(OptionResult other) =>
        Against(other, f => f.EquityNpv);

    /// <summary>Mean difference of a figure against another option, on the same draws, with its standard error.</summary>
    /// <param name="other">The other option.</param>
    /// <param name="figure">The figure of each draw.</param>
    public (double Mean, double Error) Against(
        OptionResult other,
        Func<DrawFigures, double[]> figure
    )
    {
        var (mine, theirs) = (figure(Figures), figure(other.Figures));
        var both = Figures.Sound.Intersect(other.Figures.Sound).ToArray();
        if (both.Length < 2)
        {
            return (double.NaN, double.NaN);
        }
        return MeanOfWorlds.Of(
            [.. both.Select(i => mine[i] - theirs[i])],
            [.. both.Select(i => Figures.World[i])]
        );
    }

    /// <summary>Mean difference of the value before finance against another option, on the same draws, each option's outermost draws drawn in, with its standard error.</summary>
    /// <param name="other">The other option.</param>
    /// <param name="among">The draws that count; null for all.</param>
    public (double Mean, double Error) AgainstBeforeFinance(
        OptionResult other,
        Func<int, bool>? among = null
    )
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = Figures.Sound.Intersect(other.Figures.Sound).ToArray();
        var (mine, theirs) = (
            Winsorised.Of([.. both.Select(i => Figures.ProjectNpv[i])]),
            Winsorised.Of([.. both.Select(i => other.Figures.ProjectNpv[i])])
        );
        var counted = Enumerable
            .Range(0, both.Length)
            .Where(k => among is null || among(both[k]))
            .ToArray();
        return counted.Length < 2
            ? (double.NaN, double.NaN)
            : MeanOfWorlds.Of(
                [.. counted.Select(k => mine[k] - theirs[k])],
                [.. counted.Select(k => Figures.World[both[k]])]
            );
    }

    /// <summary>The same after every default has been charged with all that is owed: the most that it can cost those who lent.</summary>
    /// <param name="other">The other option.</param>
    /// <param name="owed">Debt owed at the decision, money.</param>
    /// <param name="among">The draws that count; null for all.</param>
    internal (double Mean, double Error) AgainstCharged(
        OptionResult other,
        double owed,
        Func<int, bool>? among = null
    )
    {
        var both = Figures.Sound.Intersect(other.Figures.Sound).ToArray();
        var (mine, theirs) = (
            Winsorised.Of([.. both.Select(i => Figures.ProjectNpv[i])]),
            Winsorised.Of([.. both.Select(i => other.Figures.ProjectNpv[i])])
        );
        double Charge(int i) =>
            owed * ((Figures.Default[i] ? 1 : 0) - (other.Figures.Default[i] ? 1 : 0));
        var counted = Enumerable
            .Range(0, both.Length)
            .Where(k => among is null || among(both[k]))
            .ToArray();
        return counted.Length < 2
            ? (double.NaN, double.NaN)
            : MeanOfWorlds.Of(
                [.. counted.Select(k => mine[k] - theirs[k] - Charge(both[k]))],
                [.. counted.Select(k => Figures.World[both[k]])]
            );
    }

    /// <summary>Mean NPV to equity under each rent law alone.</summary>
    public IReadOnlyDictionary<string, double> MeanEquityNpvByLaw => ByLaw(Figures.EquityNpv);

    private Dictionary<string, double> ByLaw(double[] values) =>
        Figures
            .Sound.GroupBy(i => Figures.Law[i], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Average(i => values[i]), StringComparer.Ordinal);

    private double Mean(double[] values) =>
        Figures.Sound is { Length: > 0 } sound ? sound.Average(i => values[i]) : double.NaN;

    private Spread Spread(double[] values, BadSide bad) =>
        Risk.Spread.Of([.. Figures.Sound.Select(i => values[i])], bad);

    private Proportion Odds(Func<int, bool> happened)
    {
        var sound = Figures.Tested;
        return sound.Length == 0
            ? Proportion.Of(0, 1)
            : Proportion.Of([.. sound.Select(happened)], [.. sound.Select(i => Figures.World[i])]);
    }
}
