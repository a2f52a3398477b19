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

    /// <summary>Prices searched for the floor: from none to this multiple of the price offered.</summary>
    private const double Dearest = 3;

    private const int Halvings = 9;

    /// <summary>Error of a mean beyond which a gain counts as clear.</summary>
    private const double Clear = 1.96;

    /// <inheritdoc/>
    public StudyOption First(StudyCase plan) =>
        new(Phrase.Of("option.refuse"), VerdictKind.Refuse, Phrase.Of("option.refuse.said"), plan);

    /// <inheritdoc/>
    public IEnumerable<StudyCase> Cases(StudyCase plan, ICentreFacts facts) =>
        new[] { plan, With(plan, 1) }.SelectMany(c =>
            (plan.Standing ? Options : [])
                .SelectMany(o => o.Courses(c, FleetScope.Whole(c), facts))
                .Select(o => o.Case)
                .Prepend(c)
        );

    /// <inheritdoc/>
    public Decided Decide(QuestionRun run)
    {
        var plan = run.Plan;
        var lease = On(plan, 1);
        var sign = new StudyOption(
            Phrase.Of("option.sign"),
            VerdictKind.Sign,
            Phrase.Of(
                "option.sign.said",
                lease.Tenant,
                lease.Accelerators,
                lease.TenorMonths,
                lease.PricePerGpuHour
            ),
            With(plan, 1)
        );
        run.Report("the offer", 0);
        var signedHeld = run.Run.Physical(sign.Case);
        var signed = run.Run.Result(sign, run.Run.Money(signedHeld, sign.Case));
        run.Report("the offer", 0.3);
        var without = new Side(run.First, First(plan), "option.refuse.then");
        var with = new Side(signed, sign, "option.sign.then");
        if (plan.Standing && Options.Count > 0)
        {
            without.Seek(run, Options);
            with.Seek(run with { Plan = sign.Case, First = signed }, Options);
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
        var price = Math.Max(Floor(run, without, with, gain, Clear * error), dark);
        var factor = price / lease.PricePerGpuHour;
        List<StudyOption> courses = [.. without.Courses, .. with.Courses];
        List<OptionResult> results = [.. without.Results, .. with.Results];
        if (factor > 1)
        {
            var counter = new StudyOption(
                Phrase.Of("option.counter", price),
                VerdictKind.Counter,
                Phrase.Of("option.counter.said", price),
                Priced(with.Courses[^1].Case, factor)
            );
            courses.Add(counter);
            results.Add(run.Run.Run(counter));
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
        );
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
            Offer = offer,
            // The loan is rated with the lease where it is to be signed, and under the course that is followed.
            Rated =
                followed?.Case.Loan is null || followed.Name == run.First.Name
                    ? null
                    : new RatedLoan(followed, run.Run.Physical(followed.Case)),
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<FlipSearch.Lever> Levers(QuestionRun run, Decided decided) => [];

    /// <summary>The verdict with the name of its counter-offer, where it makes one.</summary>
    private static Verdict Named(Verdict verdict, List<StudyOption> courses) =>
        verdict.Kind == VerdictKind.Counter
        && courses.FirstOrDefault(c => c.Kind == VerdictKind.Counter) is { } counter
            ? verdict with
            {
                Option = counter.Name,
            }
            : verdict;

    /// <summary>The value compared: that of the centre where it stands, else equity's; outermost draws drawn in where courses are compared by it.</summary>
    private static double Worth(StudyCase plan, OptionResult result) =>
        plan.Standing ? result.RobustProjectNpv.Mean : result.MeanEquityNpv;

    /// <summary>The price below which the best without the lease is worth more in the mean, money per accelerator-hour; NaN when signing is not worth more even at the dearest price searched.</summary>
    /// <param name="run">The draws.</param>
    /// <param name="without">The best without the lease.</param>
    /// <param name="with">The courses with it.</param>
    /// <param name="gain">What signing at the price offered gains over all draws, money.</param>
    /// <param name="half">Half of its 95 % interval.</param>
    private double Floor(QuestionRun run, Side without, Side with, double gain, double half)
    {
        var offered = On(run.Plan, 1).PricePerGpuHour;
        OptionResult Few(StudyOption course) => run.Few.Run(course);
        var rival = Worth(run.Plan, Few(without.Courses[^1]));
        double Gain(double factor) =>
            with.Courses.Max(c => Worth(run.Plan, Few(c with { Case = Priced(c.Case, factor) })))
            - rival;
        if (Gain(Dearest) < 0)
        {
            return double.NaN;
        }
        double low = 0,
            high = Dearest;
        for (var k = 0; k < Halvings; k++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Gain(middle) < 0 ? (middle, high) : (low, middle);
        }
        // The floor is sought on the first draws: what all of them say clearly of the price offered stands.
        var floor = high * offered;
        return gain > half ? Math.Min(floor, offered)
            : -gain > half ? Math.Max(floor, offered)
            : floor;
    }

    /// <summary>What darkness saves on a let hour of what would serve a lease, money per accelerator-hour.</summary>
    private static double Dark(StudyCase plan, SignedLease lease)
    {
        var fleets = plan.Fleets.Where(f => f.Name == lease.Fleet).ToList();
        return new FleetSites(plan, n => n.Value)
            .MeanPartsPerLetHour(fleets.Count > 0 ? fleets : plan.Fleets)
            .Where(p => p.Avoidable)
            .Sum(p => p.PerHour);
    }

    /// <summary>The lease on the servers of a centre, at a multiple of its price.</summary>
    private SignedLease On(StudyCase plan, double factor) =>
        Of.Terms with
        {
            Accelerators = Servers * LeaseCase.PerServer(plan.Fleets, Of.Terms.Fleet),
            PricePerGpuHour = factor * Of.Terms.PricePerGpuHour,
        };

    private StudyCase With(StudyCase plan, double factor) =>
        plan with
        {
            Leases = [.. plan.Leases, Of with { Terms = On(plan, factor) }],
        };

    /// <summary>A course with the lease, at a multiple of the price offered.</summary>
    private StudyCase Priced(StudyCase course, double factor) =>
        course with
        {
            Leases =
            [
                .. course.Leases.Select(l =>
                    IsOffered(l)
                        ? l with
                        {
                            Terms = l.Terms with
                            {
                                PricePerGpuHour = factor * Of.Terms.PricePerGpuHour,
                            },
                        }
                        : l
                ),
            ],
        };

    /// <summary>True for the lease on the table, whatever a course has made of its size or start.</summary>
    private bool IsOffered(LeaseCase lease) =>
        lease.Terms.Written is null
        && lease.Terms.Tenant == Of.Terms.Tenant
        && lease.Terms.PricePerGpuHour == Of.Terms.PricePerGpuHour
        && ReferenceEquals(lease.BreachHazard, Of.BreachHazard);

    /// <summary>What can be done with the lease, or without it: holding, and the course that would be followed where another is worth more.</summary>
    /// <param name="held">Holding, all draws.</param>
    /// <param name="hold">The same as a course.</param>
    /// <param name="then">Phrase that names another course of this side.</param>
    private sealed class Side(OptionResult held, StudyOption hold, string then)
    {
        private IReadOnlyList<StudyOption> _all = [hold];
        private IReadOnlyList<OptionResult> _few = [held];
        private OptionRun? _run;

        /// <summary>Holding first, then the best where that is another.</summary>
        public IReadOnlyList<StudyOption> Courses { get; private set; } = [hold];

        /// <summary>The same with their draws.</summary>
        public IReadOnlyList<OptionResult> Results { get; private set; } = [held];

        /// <summary>The best of them.</summary>
        public OptionResult Best => Results[^1];

        /// <summary>How the best stands to the lender's tests.</summary>
        public RuleOutcome Credit { get; private set; } = held.OnCredit;

        /// <summary>Finds the course that an owner would follow.</summary>
        public void Seek(QuestionRun run, IReadOnlyList<IOwnerOption> options)
        {
            _run = run.Run;
            var search = new CourseSearch(run, options);
            _all = [hold, .. search.OfTheWhole(), .. search.ByFleet()];
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
            var course = _all[_few.Index().First(r => ReferenceEquals(r.Item, best)).Index];
            if (ReferenceEquals(course, hold))
            {
                return;
            }
            course = new StudyOption(
                Phrase.Of(then, course.Title),
                hold.Kind,
                course.Said,
                course.Case
            )
            {
                Begins = course.Begins,
                Undone = course.Undone,
            };
            Courses = [hold, course];
            Results = [held, _run!.Run(course)];
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

/// <summary>A lease on the table beside the market.</summary>
/// <param name="Tenant">Who offers.</param>
/// <param name="Accelerators">Accelerators asked for.</param>
/// <param name="TenorMonths">Months.</param>
/// <param name="PricePerGpuHour">Price offered, money per accelerator-hour.</param>
/// <param name="FloorPerGpuHour">Price below which the best course without it is worth more in the mean, and never less than what darkness saves; NaN when none was found.</param>
/// <param name="CapacityIfRefused">Largest debt that passes the lender's tests without it; NaN without a loan.</param>
/// <param name="CapacityIfSigned">The same with it.</param>
public sealed record OfferAnswer(
    string Tenant,
    double Accelerators,
    int TenorMonths,
    double PricePerGpuHour,
    double FloorPerGpuHour,
    double CapacityIfRefused,
    double CapacityIfSigned
)
{
    /// <summary>What is offered and the price below which not to sign, in words.</summary>
    public Phrase Said =>
        double.IsNaN(FloorPerGpuHour)
            ? Phrase.Of("summary.offer.none", Tenant, PricePerGpuHour)
            : Phrase.Of("summary.offer", Tenant, PricePerGpuHour, FloorPerGpuHour);
}
