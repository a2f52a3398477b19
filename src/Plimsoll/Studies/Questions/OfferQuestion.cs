using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Options.Owner;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The operator's: sign the lease on the table, answer it with a price, or refuse it, against the best that can be done without it on the same draws?</summary>
/// <param name="Servers">Servers asked for.</param>
/// <param name="Of">The lease on the table; its accelerators are counted when the fleet is known.</param>
/// <param name="Options">What the owner of a centre that stands could do with it, with the lease as without, holding first; empty to let in the market alone.</param>
/// <remarks>
/// A lease that gains against holding may lose against the course that the owner would follow without it: both sides are valued by their best course.
/// A centre that is yet to come has no course but to let what is not let by the lease.
/// </remarks>
internal sealed record OfferQuestion(
    double Servers,
    LeaseCase Of,
    IReadOnlyList<IOwnerOption> Options
) : IQuestion
{
    /// <summary>Its kind.</summary>
    public static QuestionKind Kind =>
        new("offer", OfferInputs.Rows, OfferInputs.Read) { Standing = OfferInputs.Stands };

    /// <summary>Shares of the servers asked for that are weighed beside the whole.</summary>
    private static readonly double[] _parts = [0.75, 0.5, 0.25];

    /// <summary>Courses of a centre without the lease that are taken with it too, beside letting and the one that is followed.</summary>
    private const int Tried = 4;

    /// <summary>Error of a mean beyond which a gain counts as clear.</summary>
    private const double Clear = 1.96;

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.refuse"), VerdictKind.Refuse, Phrase.Of("option.refuse.said"), plan);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) =>
        new[] { plan, With(plan) }.SelectMany(c =>
            (plan.Standing ? Options : [])
                .SelectMany(o => o.Courses(c, FleetScope.Whole(c), facts))
                .Select(o => o.Case)
                .Prepend(c)
        );

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        var plan = run.Plan;
        var lease = On(plan);
        var trial = new LeaseTrial(run.Few, plan, Of);
        var sign = new StudyOption(
            Phrase.Of("option.sign"),
            VerdictKind.Sign,
            Phrase.Of(
                "option.sign.said",
                TenantsToBeSigned.Said(lease.Tenant),
                lease.Accelerators,
                lease.TenorMonths,
                lease.PricePerGpuHour
            ),
            With(plan)
        );
        run.Report("the offer", 0);
        var signedHeld = run.Run.Physical(sign.Case);
        var signed = run.Run.Result(sign, run.Run.Money(signedHeld, sign.Case));
        run.Report("the offer", 0.3);
        var without = new Side(run, run.First, First(plan), "option.refuse.then");
        var with = new Side(run, signed, sign, "option.sign.then");
        if (plan.Standing && Options.Count > 0)
        {
            var search = new CourseSearch(run, Options);
            without.Choose([.. search.OfTheWhole(), .. search.ByFleet()]);
            // What is best without the lease is tried with it: the courses are searched once.
            with.Choose([
                .. without
                    .Nearest(Tried)
                    .Select(c => trial.With(c, lease.Accelerators, lease.PricePerGpuHour))
                    .OfType<StudyOption>(),
            ]);
            // Where but one of the two has a course that the lender bears, both are taken by what they are worth: a lease closes no course.
            if (without.Credit != with.Credit)
            {
                without.TakeWorthMost();
                with.TakeWorthMost();
            }
        }
        var (gain, error) = plan.Standing
            ? with.Best.AgainstBeforeFinance(without.Best)
            : with.Best.Against(without.Best);
        // Whatever the market brings, an hour let for less than it costs to keep lit is better dark.
        var dark = Dark(plan, lease);
        var quote = BuyOut.Quote(Of, plan, run.Facts);
        var rival = trial.Worth(run.Few.Run(without.Courses[^1]));
        double FloorOf(double accelerators) =>
            Math.Max(
                trial.Floor(
                    with.Courses,
                    accelerators,
                    rival,
                    LeaseTrial.Dearest * Math.Max(lease.PricePerGpuHour, quote)
                ),
                dark
            );
        var price = Told(
            FloorOf(lease.Accelerators),
            lease.PricePerGpuHour,
            gain,
            Clear * error,
            dark
        );
        List<StudyOption> courses = [.. without.Courses, .. with.Courses];
        List<OptionResult> results = [.. without.Results, .. with.Results];
        if (price > lease.PricePerGpuHour)
        {
            var counter = with.Courses[^1] with
            {
                Name = PhraseBook.English.Say(Phrase.Of("option.counter", price)),
                Title = Phrase.Of("option.counter", price),
                Kind = VerdictKind.Counter,
                Description = PhraseBook.English.Say(Phrase.Of("option.counter.said", price)),
                Said = Phrase.Of("option.counter.said", price),
                Case = Priced(with.Courses[^1].Case, price),
            };
            courses.Add(counter);
            results.Add(run.Run.Run(counter));
        }
        // A part of the lease is weighed where the whole of it is not simply signed.
        LeasePart[] parts =
            gain > Clear * error && !(price > lease.PricePerGpuHour)
                ? []
                :
                [
                    .. _parts
                        .Select(p => Math.Round(p * Servers))
                        .Where(n => n >= 1 && n < Servers)
                        .Distinct()
                        .Select(n => n * lease.Accelerators / Servers)
                        .Select(n => new LeasePart(n, FloorOf(n))),
                ];
        var smaller = Smaller(run, trial, with.Courses[^1], without, parts, lease);
        if (smaller is { } part)
        {
            courses.Add(part.Course);
            results.Add(part.Result);
        }
        run.Report("debt capacity", 0.7);
        var offer = new OfferAnswer(
            lease.Tenant,
            lease.Accelerators,
            lease.TenorMonths,
            lease.PricePerGpuHour,
            price,
            Capacity(run.Run, plan, run.Held),
            Capacity(run.Run, sign.Case, signedHeld)
        )
        {
            Quote = quote,
            BeforeFinance = plan.Standing,
            Against = without.Courses.Count > 1 ? without.Best.Title : null,
            Parts = parts,
            Smaller = smaller is { } less
                ? new SmallerLease(less.Accelerators, less.Gain, less.Half)
                : null,
        };
        var verdict = Named(
            OfferVerdict.Of(
                with.Best,
                without.Best,
                gain,
                Clear * error,
                offer,
                lease.PricePerGpuHour < dark,
                run.Fitted
            ),
            courses
        );
        var followed = courses.FirstOrDefault(c => c.Name == verdict.Option);
        return new Decided(verdict, results, courses, Phrase.Of("turned.offer"))
        {
            DebtCapacity = offer.CapacityIfSigned,
            Bank = plan.Loan is { Arrears: > 0 } owing
                ? [Phrase.Of("ground.offer.bank", owing.Arrears)]
                : [],
            Offer = offer,
            // The loan is rated with the lease where it is to be signed, and under the course that is followed.
            Rated =
                followed?.Case.Loan is null || followed.Name == run.First.Name
                    ? null
                    : new RatedLoan(followed, run.Run.Physical(followed.Case)),
        };
    }

    /// <summary>The part of the lease that gains most at the price offered, where a part clearly does; null where none does.</summary>
    private (
        StudyOption Course,
        OptionResult Result,
        double Accelerators,
        double Gain,
        double Half
    )? Smaller(
        QuestionRun run,
        LeaseTrial trial,
        StudyOption best,
        Side without,
        IReadOnlyList<LeasePart> parts,
        SignedLease lease
    )
    {
        var rival = trial.Worth(run.Few.Run(without.Courses[^1]));
        var found = parts
            .Where(p => p.FloorPerGpuHour <= lease.PricePerGpuHour)
            .Select(p =>
                (p.Accelerators, Course: trial.With(best, p.Accelerators, lease.PricePerGpuHour))
            )
            .Where(p => p.Course is not null)
            .Select(p =>
                (
                    p.Accelerators,
                    Course: p.Course!,
                    Gain: trial.Worth(run.Few.Run(p.Course!)) - rival
                )
            )
            .OrderByDescending(p => p.Gain)
            .FirstOrDefault();
        if (found.Course is null)
        {
            return null;
        }
        var title = Phrase.Of("option.counter.size", found.Accelerators, lease.PricePerGpuHour);
        var course = found.Course with
        {
            Name = PhraseBook.English.Say(title),
            Title = title,
            Kind = VerdictKind.Counter,
        };
        var result = run.Run.Run(course);
        var (gain, error) = run.Plan.Standing
            ? result.AgainstBeforeFinance(without.Best)
            : result.Against(without.Best);
        return gain > Clear * error
            ? (course, result, found.Accelerators, gain, Clear * error)
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) => [];

    /// <summary>The verdict with the name of its counter-offer, where it makes one: fewer servers where that is what it answers, else the price.</summary>
    private static Verdict Named(Verdict verdict, List<StudyOption> courses) =>
        verdict.Kind == VerdictKind.Counter
        && courses.LastOrDefault(c => c.Kind == VerdictKind.Counter) is { } counter
            ? verdict with
            {
                Option = counter.Name,
            }
            : verdict;

    /// <summary>The floor that is told: it is sought on the first draws, and what all of them say clearly of the price offered stands.</summary>
    private static double Told(
        double floor,
        double offered,
        double gain,
        double half,
        double dark
    ) =>
        double.IsNaN(floor) ? floor
        : gain > half ? Math.Max(Math.Min(floor, offered), dark)
        : -gain > half ? Math.Max(floor, offered)
        : floor;

    /// <summary>What darkness saves on a let hour of what would serve a lease, money per accelerator-hour.</summary>
    private static double Dark(StudyCase plan, SignedLease lease)
    {
        var fleets = plan.Fleets.Where(f => f.Name == lease.Fleet).ToList();
        return new FleetSites(plan, n => n.Value)
            .MeanPartsPerLetHour(fleets.Count > 0 ? fleets : plan.Fleets)
            .Where(p => p.Avoidable)
            .Sum(p => p.PerHour);
    }

    /// <summary>The lease on the servers of a centre.</summary>
    private SignedLease On(StudyCase plan) =>
        Of.Terms with
        {
            Accelerators = Servers * LeaseCase.PerServer(plan.Fleets, Of.Terms.Fleet),
        };

    private StudyCase With(StudyCase plan) =>
        plan with
        {
            Leases = [.. plan.Leases, Of with { Terms = On(plan), OnTable = true }],
        };

    /// <summary>A course with the lease, at a price.</summary>
    private static StudyCase Priced(StudyCase course, double price) =>
        course with
        {
            Leases =
            [
                .. course.Leases.Select(l =>
                    l.OnTable ? l with { Terms = l.Terms with { PricePerGpuHour = price } } : l
                ),
            ],
        };

    /// <summary>What can be done with the lease, or without it: holding, and the course that would be followed where another is worth more.</summary>
    /// <param name="run">The draws.</param>
    /// <param name="held">Holding, all draws.</param>
    /// <param name="hold">The same as a course.</param>
    /// <param name="then">Phrase that names another course of this side.</param>
    private sealed class Side(QuestionRun run, OptionResult held, StudyOption hold, string then)
    {
        private IReadOnlyList<StudyOption> _all = [hold];
        private IReadOnlyList<OptionResult> _few = [held];
        private int _taken;

        /// <summary>Holding first, then the best where that is another.</summary>
        public IReadOnlyList<StudyOption> Courses { get; private set; } = [hold];

        /// <summary>The same with their draws.</summary>
        public IReadOnlyList<OptionResult> Results { get; private set; } = [held];

        /// <summary>The best of them.</summary>
        public OptionResult Best => Results[^1];

        /// <summary>How the best stands to the lender's tests.</summary>
        public RuleOutcome Credit { get; private set; } = held.OnCredit;

        /// <summary>The course taken, if it is not holding, and those that are worth most beside it.</summary>
        /// <param name="count">How many beside it.</param>
        public IReadOnlyList<StudyOption> Nearest(int count) =>
            [
                .. _few.Index()
                    .Where(r => r.Index > 0 && r.Index != _taken)
                    .OrderByDescending(r => r.Item.RobustProjectNpv.Mean)
                    .Take(count)
                    .Select(r => r.Index)
                    .Prepend(_taken)
                    .Where(i => i > 0)
                    .Select(i => _all[i]),
            ];

        /// <summary>Finds the course that an owner would follow.</summary>
        /// <param name="courses">Courses beside holding.</param>
        public void Choose(IReadOnlyList<StudyOption> courses)
        {
            _all = [hold, .. courses];
            _few = [.. _all.Select(c => run.Few.Run(c))];
            var ranking = OwnerRanking.Of(_few);
            Credit = ranking.Credit;
            Take(ranking.Best);
        }

        /// <summary>Takes the course that is worth most before finance, whether the lender bears it or not.</summary>
        public void TakeWorthMost() => Take(_few.MaxBy(r => r.RobustProjectNpv.Mean)!);

        private void Take(OptionResult best)
        {
            (Courses, Results) = ([hold], [held]);
            _taken = _few.Index().First(r => ReferenceEquals(r.Item, best)).Index;
            if (_taken == 0)
            {
                return;
            }
            var course = _all[_taken];
            var title = Phrase.Of(then, course.Title);
            course = course with
            {
                Name = PhraseBook.English.Say(title),
                Title = title,
                Kind = hold.Kind,
            };
            Courses = [hold, course];
            Results = [held, run.Run.Run(course)];
        }
    }

    private static double Capacity(OptionRun run, StudyCase study, PhysicalDraws held)
    {
        if (study.Loan is null || study.Standing)
        {
            return double.NaN;
        }
        return new LoanSearch(run, study, held).Capacity();
    }
}
