using Plimsoll.Decisions;

namespace Plimsoll.Tests.Decisions;

/// <summary>Options with made-up draws, to test verdicts on.</summary>
internal static class Drawn
{
    public const int Draws = 600;

    /// <summary>The default rule.</summary>
    public static DecisionRule Rule { get; } = new(1.2, 0.10, 0.05, 0.025, 0.15, 0.35);

    /// <summary>Draws with stated shares of breach, default and negative value, spread evenly over the rent laws.</summary>
    public static DrawFigures Figures(
        double breach,
        double defaults,
        double poor,
        double value = 10,
        double lender = 100,
        string[]? breakingLaws = null
    )
    {
        string[] laws = ["Change", "ExcessDemand", "Level"];
        var f = new DrawFigures(Draws);
        for (var i = 0; i < Draws; i++)
        {
            var rank = (i / 6 + 0.5) / (Draws / 6);
            f.Law[i] = laws[i % 3];
            f.Link[i] = i / 3 % 2 == 0 ? "with the world link" : "without the world link";
            f.World[i] = i;
            var hit = breakingLaws is null || breakingLaws.Contains(f.Law[i]);
            f.Breach[i] = hit && rank < breach;
            f.Default[i] = hit && rank < defaults;
            f.LossGivenDefault[i] = f.Default[i] ? 0.5 : 0;
            f.EquityNpv[i] = rank < poor ? -1 : value;
            f.ProjectNpv[i] = value + (0.01 * rank);
            f.LenderValue[i] = lender + (0.01 * rank);
            f.Fill[i] = 0.6;
            f.Rent[i] = 10;
            f.MinimumCover[i] = 1.5;
            f.EquityIrr[i] = 0.2;
        }
        return f;
    }

    /// <summary>An option of some kind on such draws.</summary>
    public static OptionResult Option(string name, VerdictKind kind, DrawFigures figures) =>
        new()
        {
            Name = name,
            Kind = kind,
            Description = name,
            Figures = figures,
            Credit = Rule.Credit(figures, 3),
            Equity = Rule.Equity(figures),
        };

    /// <summary>An option that clearly passes every test.</summary>
    public static OptionResult Good(string name, VerdictKind kind, double value = 10) =>
        Option(name, kind, Figures(0.02, 0.01, 0.1, value));

    /// <summary>An option that passes and whose value before finance differs from draw to draw by a saw-tooth of its own.</summary>
    public static OptionResult Noisy(
        string name,
        VerdictKind kind,
        double value,
        double spread,
        int key
    )
    {
        var figures = Figures(0.02, 0.01, 0.1, value);
        for (var i = 0; i < Draws; i++)
        {
            figures.ProjectNpv[i] = value + (spread * ((((i * (7 + (6 * key))) % 101) / 50.0) - 1));
        }
        return Option(name, kind, figures);
    }

    /// <summary>An option that clearly fails.</summary>
    public static OptionResult Bad(string name, VerdictKind kind) =>
        Option(name, kind, Figures(0.5, 0.4, 0.7, 1));

    /// <summary>An option whose sampling interval straddles the limit of breach.</summary>
    public static OptionResult Open(string name, VerdictKind kind) =>
        Option(name, kind, Figures(0.10, 0.01, 0.1));
}
