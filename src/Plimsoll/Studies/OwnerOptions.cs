using Plimsoll.Decisions;
using Plimsoll.Outlooks;

namespace Plimsoll.Studies;

/// <summary>What the owner of a standing centre could do. Families of courses (how deep a cut, which trigger, how many to sell) are searched on the first draws; the best of each is then run on all.</summary>
/// <param name="reader">The study.</param>
public sealed class OwnerOptions(StudyReader reader)
{
    /// <summary>Courses in families; the first family holds the price, and its only member is the base.</summary>
    /// <param name="standing">The centre as it stands.</param>
    public IReadOnlyList<IReadOnlyList<StudyOption>> Families(StudyCase standing)
    {
        var families = new List<IReadOnlyList<StudyOption>>
        {
            new[]
            {
                new StudyOption(
                    "hold the price",
                    VerdictKind.HoldPrice,
                    "Everything lit, asked at the market's quote.",
                    standing
                ),
            },
            Cuts(standing),
            Dark(standing),
        };
        if (standing.Serves)
        {
            families.Add([Convert(standing)]);
        }
        families.Add(Sales(standing));
        families.Add([HandOver(standing)]);
        families.Add([Close(standing)]);
        return families;
    }

    /// <summary>A course with the debt restructured: longer, and with a grace period; null without debt.</summary>
    /// <param name="course">The course.</param>
    public StudyOption? Restructured(StudyOption course)
    {
        if (course.Case.Loan is not { } loan)
        {
            return null;
        }
        var longer = reader.Values.Integer("options.restructure_tenor");
        var grace = reader.Values.Integer("options.restructure_grace");
        return new StudyOption(
            $"restructure, and {course.Name}",
            VerdictKind.RestructureDebt,
            $"No payments for {grace} months and {longer} months more to repay; else: {course.Description}",
            course.Case with
            {
                Loan = loan with
                {
                    FirstPaymentMonth = loan.FirstPaymentMonth + grace,
                    TenorMonths = Math.Min(
                        loan.TenorMonths + longer,
                        standing(course).Plan.Months - loan.FirstPaymentMonth - grace
                    ),
                },
            }
        );
        static StudyCase standing(StudyOption option) => option.Case;
    }

    private StudyOption[] Cuts(StudyCase standing)
    {
        double[] levels = [0.9, 0.8, 0.65, 0.5, reader.Values.Number("options.price_cut")];
        return
        [
            .. levels
                .Distinct()
                .OrderDescending()
                .Select(level => new StudyOption(
                    $"cut to {level * 100:0} % of the quote",
                    VerdictKind.CutPrice,
                    $"Everything lit, asked at {level * 100:0} % of the market's quote, never below what darkness saves.",
                    standing with
                    {
                        Policy = new AskPolicy(level),
                    }
                )),
        ];
    }

    private StudyOption[] Dark(StudyCase standing)
    {
        var parts = new FleetSites(standing, n => n.Value).MeanPartsPerLetHour();
        var avoidable = parts.Where(p => p.Avoidable).Sum(p => p.PerHour);
        var all = parts.Sum(p => p.PerHour);
        double[] triggers = [avoidable * 1.1, 0.5 * (avoidable + all), all, all * 1.5];
        return
        [
            .. triggers.Select(trigger => new StudyOption(
                $"dark until {Words.Round(trigger, 2)} an hour",
                VerdictKind.GoDark,
                $"What is not let goes dark while the quoted rent is below {Words.Round(trigger, 2)} an accelerator-hour, and is lit again at that rent.",
                standing with
                {
                    Policy = new DarkPolicy(trigger, 0.05),
                }
            )),
        ];
    }

    private StudyOption Convert(StudyCase standing)
    {
        var months = reader.Values.Integer("options.conversion_months");
        var cost =
            reader.Values.Number("options.conversion_cost_per_server")
            * standing.Fleets.Sum(f => f.Servers);
        return new StudyOption(
            "convert to inference",
            VerdictKind.ConvertToInference,
            $"Fit the hall for inference in {months} months at {Words.Amount(cost)}, then serve tokens with what is not let.",
            standing with
            {
                Policy = new ConvertPolicy(months),
                ConversionCost = cost,
            }
        );
    }

    private StudyOption[] Sales(StudyCase standing)
    {
        var over = reader.Values.Integer("options.sell_over");
        var options = new List<StudyOption>();
        foreach (var share in new[] { 0.25, 0.5, 0.75, 1 })
        {
            foreach (var months in new[] { 3, over, 12, 24 }.Distinct().Order())
            {
                var count = standing.Accelerators * share;
                options.Add(
                    new StudyOption(
                        $"sell {count:0} over {months} months",
                        VerdictKind.SellAccelerators,
                        $"Sell {count:0} of {standing.Accelerators:0} accelerators in {months} monthly lots"
                            + (share < 1 ? ", and let the rest." : ", dark until sold."),
                        Left(standing, new SellPolicy(share, months))
                    )
                );
            }
        }
        return [.. options];
    }

    private StudyOption HandOver(StudyCase standing)
    {
        var share = reader.Values.Number("options.takeover_share");
        return new StudyOption(
            "hand over",
            VerdictKind.HandOver,
            $"An operator of capability {standing.Plan.TakeoverCapability:0.0#} (0 none, 1 the best known) runs it and keeps {share * 100:0} % of operating cash.",
            standing with
            {
                Policy = new HandOverPolicy(),
                OperatorShare = share,
            }
        );
    }

    private StudyOption Close(StudyCase standing) =>
        new(
            "close at once",
            VerdictKind.Close,
            "Switch everything off, sell all accelerators in the first month for what they fetch, give notice on the hall.",
            Left(standing, new SellPolicy(1, 1))
        );

    private StudyCase Left(StudyCase standing, IPolicy policy) =>
        standing with
        {
            Policy = policy,
            ExitNoticeMonths = reader.Values.Integer("options.exit_notice"),
        };
}
