using Plimsoll.Decisions;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options;
using Plimsoll.Studies.Searches;

namespace Plimsoll.Studies.Questions;

/// <summary>The operator's: sign the lease on the table, answer it with a price, or refuse it, against letting the same accelerators in the market on the same draws?</summary>
/// <param name="Servers">Servers asked for.</param>
/// <param name="Of">The lease on the table; its accelerators are counted when the fleet is known.</param>
internal sealed record OfferQuestion(double Servers, LeaseCase Of) : IQuestion
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
        [plan, With(plan, 1)];

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
        // Whatever the market brings, an hour let for less than it costs to keep lit is better dark.
        var price = Math.Max(Floor(run) * lease.PricePerGpuHour, Dark(plan, lease));
        var factor = price / lease.PricePerGpuHour;
        List<StudyOption> courses = [First(plan), sign];
        List<OptionResult> results = [run.First, signed];
        if (factor > 1)
        {
            var counter = new StudyOption(
                Phrase.Of("option.counter", price),
                VerdictKind.Counter,
                Phrase.Of("option.counter.said", price),
                With(plan, factor)
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
        var (gain, error) = signed.Against(run.First, Figure(plan));
        return new Decided(
            Named(
                OfferVerdict.Of(signed, run.First, gain, Clear * error, offer, run.Fitted),
                courses
            ),
            results,
            courses,
            Phrase.Of("turned.offer")
        )
        {
            DebtCapacity = offer.CapacityIfSigned,
            Offer = offer,
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

    /// <summary>The value compared: that of the centre where it stands, else equity's.</summary>
    private static Func<DrawFigures, double[]> Figure(StudyCase plan) =>
        plan.Standing ? f => f.ProjectNpv : f => f.EquityNpv;

    /// <summary>The price below which the market is worth more in the mean, as a multiple of the price offered; NaN when signing is not worth more even at the dearest price searched.</summary>
    private double Floor(QuestionRun run)
    {
        var figure = Figure(run.Plan);
        var market = Mean(run.Few.Money(run.FewHeld, run.Plan), figure);
        double Gain(double factor) =>
            Mean(run.Few.Figures(With(run.Plan, factor)), figure) - market;
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
        return high;
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

    private static double Mean(DrawFigures figures, Func<DrawFigures, double[]> figure)
    {
        var values = figure(figures);
        return figures.Sound.Average(i => values[i]);
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
/// <param name="FloorPerGpuHour">Price below which letting in the market is worth more in the mean, and never less than what darkness saves; NaN when none was found.</param>
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
);
