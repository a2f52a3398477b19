namespace Plimsoll.Decisions;

/// <summary>An owner's courses in the order in which they may be followed: none that fails the rule while another passes it, and among equals of the rule the one worth most before finance.</summary>
/// <remarks>
/// Worth is <see cref="OptionResult.RobustProjectNpv"/>; differences are of the same draws. A course is as good as the best when, with 95 % confidence, what lies between them is
/// less than the indifference zone (Bechhofer 1954): of such courses the first is taken, which changes least. Where all fail the rule, every default of a draw is charged with all
/// that is owed, in the best course, its rivals and what being wrong costs alike.
/// </remarks>
public sealed class OwnerRanking
{
    /// <summary>Share of the best course's value below which a difference does not matter; own prior.</summary>
    public const double Indifference = 0.02;

    /// <summary>Standard errors in half of a 95 % interval.</summary>
    internal const double NinetyFive = 1.96;

    private readonly IReadOnlyList<OptionResult> _pool;
    private readonly IReadOnlyList<OptionResult> _all;

    private OwnerRanking(
        OptionResult best,
        RuleOutcome credit,
        IReadOnlyList<OptionResult> pool,
        IReadOnlyList<OptionResult> all
    )
    {
        (Best, Credit, _pool, _all) = (best, credit, pool, all);
        var worth = Worth(credit, all);
        Beside Compare(OptionResult one, OptionResult other, Func<int, bool>? among = null) =>
            Beside(worth, one, other, among);
        Half = NinetyFive * best.RobustProjectNpv.Error;
        var others = pool.Where(o => !ReferenceEquals(o, best)).ToList();
        AsGood = [.. others.Where(o => Alike(worth, best, o))];
        Rivals =
        [
            .. others
                .Except(AsGood)
                .Select(o => Compare(best, o))
                .Where(r => !(r.Gain > r.Half))
                .OrderBy(r => r.Gain),
        ];
        Laws =
        [
            .. best
                .Figures.Sound.Select(i => best.Figures.Law[i])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(law =>
                    (
                        Law: law,
                        Winner: others
                            .Select(o => Compare(best, o, i => best.Figures.Law[i] == law))
                            .Where(r => -r.Gain > r.Half && -r.Gain > Zone(best))
                            .OrderBy(r => r.Gain)
                            .FirstOrDefault()
                            ?.Rival
                    )
                )
                .Where(l => l.Winner is not null)
                .Select(l => (l.Law, l.Winner!)),
        ];
        var dearer = all.Except(pool)
            .Select(o => Beside(BeforeFinance, best, o))
            .Where(r => r.Gain < -r.Half)
            .OrderBy(r => r.Gain)
            .ToList();
        Refused = [.. dearer.Where(r => r.Rival.OnCredit == RuleOutcome.Fails)];
        Open = [.. dearer.Where(r => r.Rival.OnCredit == RuleOutcome.Straddles)];
        OptionResult[] among =
        [
            .. Rivals
                .Select(r => r.Rival)
                .Prepend(best)
                .Concat(Laws.Select(l => l.Winner))
                .Concat(Open.Select(r => r.Rival))
                .Distinct(ReferenceEqualityComparer.Instance)
                .Cast<OptionResult>(),
        ];
        Meanwhile = among.Length > 1 ? Decisions.Meanwhile.Of(among, pool, worth) : null;
    }

    /// <summary>The course to follow.</summary>
    public OptionResult Best { get; }

    /// <summary>How it stands to the lender's tests: passes when any course does; fails when all do.</summary>
    public RuleOutcome Credit { get; }

    /// <summary>The course that is followed: the best, or among several that may each be it the one for the time being.</summary>
    public OptionResult Followed => Meanwhile is { Settled: true } now ? now.Course : Best;

    /// <summary>Half of the 95 % interval of its value, money.</summary>
    public double Half { get; }

    /// <summary>Courses of no other standing that are worth the same, the difference not mattering.</summary>
    public IReadOnlyList<OptionResult> AsGood { get; }

    /// <summary>Courses that may be worth more: the interval of the difference includes nothing.</summary>
    public IReadOnlyList<Beside> Rivals { get; }

    /// <summary>Rent laws under which alone another course is worth more, clearly.</summary>
    public IReadOnlyList<(string Law, OptionResult Winner)> Laws { get; }

    /// <summary>Courses worth clearly more that fail the rule.</summary>
    public IReadOnlyList<Beside> Refused { get; }

    /// <summary>Courses worth clearly more of which it cannot be told yet whether they pass.</summary>
    public IReadOnlyList<Beside> Open { get; }

    /// <summary>What to do while several courses may each be the best; null where one clearly is.</summary>
    public Meanwhile? Meanwhile { get; }

    /// <summary>Share of the draws in which one of some courses is worth at least as much as every other, to within the indifference zone, 0 to 1; NaN without draws. Where several pass the rule the others are those that do.</summary>
    /// <param name="courses">Of the courses ranked, at least one.</param>
    public double OddsOf(params IReadOnlyList<OptionResult> courses)
    {
        ArgumentNullException.ThrowIfNull(courses);
        var others = (AmongPassing(courses) ? _pool : _all).Except(courses).ToList();
        var zone = Zone(courses[0]);
        var sound = courses[0].Figures.Sound;
        double Value(OptionResult o, int draw) =>
            o.Figures.Failure[draw] is null ? o.Figures.ProjectNpv[draw] : double.NegativeInfinity;
        return sound.Length == 0
            ? double.NaN
            : sound.Count(i =>
            {
                var most = courses.Max(c => Value(c, i)) + zone;
                return others.TrueForAll(o => Value(o, i) <= most);
            }) / (double)sound.Length;
    }

    /// <summary>True where <see cref="OddsOf"/> counts only the others that pass the rule: some do beside these.</summary>
    /// <param name="courses">Of the courses ranked, at least one.</param>
    public bool AmongPassing(params IReadOnlyList<OptionResult> courses) =>
        Credit == RuleOutcome.Passes && _pool.Except(courses).Any();

    /// <summary>Ranks courses.</summary>
    /// <param name="courses">In the order in which equals are preferred, holding first.</param>
    /// <exception cref="ArgumentException">No course.</exception>
    public static OwnerRanking Of(IReadOnlyList<OptionResult> courses)
    {
        ArgumentNullException.ThrowIfNull(courses);
        if (courses.Count == 0)
        {
            throw new ArgumentException("At least one course must be given.", nameof(courses));
        }
        var (credit, pool) = Pool(courses);
        var worth = Worth(credit, courses);
        var top = pool.MaxBy(o => Charged(o, credit, courses))!;
        return new OwnerRanking(
            pool.First(o => ReferenceEquals(o, top) || Alike(worth, top, o)),
            credit,
            pool,
            courses
        );
    }

    /// <summary>The courses among which one is followed: those that pass; else those not ruled out; else those not clearly worth less than the best once every default is charged with all that is owed.</summary>
    private static (RuleOutcome Credit, List<OptionResult> Pool) Pool(
        IReadOnlyList<OptionResult> courses
    )
    {
        foreach (var credit in new[] { RuleOutcome.Passes, RuleOutcome.Straddles })
        {
            var pool = courses.Where(o => o.OnCredit == credit).ToList();
            if (pool.Count > 0)
            {
                return (credit, pool);
            }
        }
        var worth = Worth(RuleOutcome.Fails, courses);
        var top = courses.MaxBy(o => Charged(o, RuleOutcome.Fails, courses))!;
        return (
            RuleOutcome.Fails,
            [
                .. courses.Where(o =>
                {
                    var (gain, error) = worth(top, o, null);
                    return ReferenceEquals(o, top) || !(gain > NinetyFive * error);
                }),
            ]
        );
    }

    /// <summary>What a course is worth before finance; where all fail the rule, less all that is owed for every default.</summary>
    private static double Charged(
        OptionResult course,
        RuleOutcome credit,
        IReadOnlyList<OptionResult> all
    ) =>
        course.RobustProjectNpv.Mean
        - (credit == RuleOutcome.Fails ? all.Max(o => o.Owed) * course.Default.Value : 0);

    private static (double Mean, double Error) BeforeFinance(
        OptionResult one,
        OptionResult other,
        Func<int, bool>? among
    ) => one.AgainstBeforeFinance(other, among);

    private static WorthMore Worth(RuleOutcome credit, IReadOnlyList<OptionResult> all)
    {
        var owed = all.Max(o => o.Owed);
        return credit == RuleOutcome.Fails && owed > 0
            ? (one, other, among) => one.AgainstCharged(other, owed, among)
            : BeforeFinance;
    }

    private static double Zone(OptionResult best) =>
        Indifference * Math.Abs(best.RobustProjectNpv.Mean);

    private static bool Alike(WorthMore worth, OptionResult best, OptionResult other)
    {
        var beside = Beside(worth, best, other);
        return Math.Abs(beside.Gain) + beside.Half <= Zone(best);
    }

    private static Beside Beside(
        WorthMore worth,
        OptionResult best,
        OptionResult other,
        Func<int, bool>? among = null
    )
    {
        var (gain, error) = worth(best, other, among);
        return new Beside(other, gain, NinetyFive * error);
    }
}

/// <summary>What one course is worth more than another in the mean, over all draws or some of them, with its standard error.</summary>
internal delegate (double Mean, double Error) WorthMore(
    OptionResult one,
    OptionResult other,
    Func<int, bool>? among
);

/// <summary>A course beside the best.</summary>
/// <param name="Rival">The course.</param>
/// <param name="Gain">What the best is worth more, mean over the same draws, money; negative where it is worth less.</param>
/// <param name="Half">Half of the 95 % interval of that, money.</param>
public sealed record Beside(OptionResult Rival, double Gain, double Half);
