using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Sites;

namespace Plimsoll.Studies;

/// <summary>One case in one draw: outlook and money.</summary>
/// <param name="Outlook">What the centre does and sells.</param>
/// <param name="Cash">Its money.</param>
/// <param name="Built">False when waiting ended in not building.</param>
public sealed record CaseDraw(CentreOutlook Outlook, CashFlow Cash, bool Built);

/// <summary>What a case physically did in one draw.</summary>
/// <param name="Outlook">What the centre does and sells, with its running cost.</param>
/// <param name="Case">The case that came about: a first stage alone when the second was not built.</param>
/// <param name="Built">False when waiting ended in not building.</param>
public sealed record CasePhysical(CentreOutlook Outlook, StudyCase Case, bool Built);

/// <summary>Clears a centre in the market of one draw.</summary>
/// <param name="plan">The centre.</param>
/// <param name="policy">The rule by which its owner runs it.</param>
/// <param name="draw">Number of the draw.</param>
public delegate CentreOutlook CentreMarket(CentrePlan plan, IPolicy policy, int draw);

/// <summary>Runs cases: market, then site, then finance, in one joint draw.</summary>
/// <param name="centre">The market in every draw.</param>
public sealed class CaseRun(CentreMarket centre)
{
    /// <summary>Runs a case.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path; a number not among them takes its best estimate.</param>
    /// <param name="draw">Draw of the market.</param>
    public CaseDraw Run(StudyCase study, IReadOnlyDictionary<string, double> numbers, int draw)
    {
        var physical = Physical(study, numbers, draw);
        return new CaseDraw(
            physical.Outlook,
            Money(physical.Case, numbers, physical),
            physical.Built
        );
    }

    /// <summary>What a case physically does and sells, running cost included.</summary>
    /// <param name="study">The case.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="draw">Draw of the market.</param>
    public CasePhysical Physical(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        int draw
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var site = Site(study, Value);
        if (study.Stage is { } stage)
        {
            var first = Outlook(stage.First, site, Value, draw);
            if (Fill(first.Physical, stage.DecideMonth) < stage.Fill)
            {
                return new CasePhysical(Costed(stage.First, site, first), stage.First, true);
            }
        }
        var outlook = Outlook(study, site, Value, draw);
        var built =
            study.Wait is not { } wait
            || outlook.MarketQuote[Math.Max(0, wait.DecideMonth - 1)] >= wait.TriggerPerGpuHour;
        return built
            ? new CasePhysical(Costed(study, site, outlook), study, true)
            : new CasePhysical(outlook with { Physical = Nothing(outlook.Physical) }, study, false);
    }

    /// <summary>The money of a case on what it physically did.</summary>
    /// <param name="study">The case, or the same with other terms of finance.</param>
    /// <param name="numbers">Values of its uncertain numbers by path.</param>
    /// <param name="physical">What it did.</param>
    public static CashFlow Money(
        StudyCase study,
        IReadOnlyDictionary<string, double> numbers,
        CasePhysical physical
    )
    {
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var outlook = physical.Outlook.Physical;
        return ProjectModel
            .Contract(Terms(study, Value, physical.Built), outlook.Months)
            .Run(outlook);
    }

    private CentreOutlook Outlook(
        StudyCase study,
        SiteModel site,
        Func<InputNumber, double> value,
        int draw
    )
    {
        var plan = study.Plan with
        {
            Fleets =
            [
                .. study.Fleets.Select(f => new FleetPlan(
                    f.Accelerator,
                    f.Server,
                    f.Servers * f.PerServer,
                    f.Online,
                    f.TrainingFabric
                )),
            ],
            OperatorCapability = Math.Clamp(value(study.Capability), 0, 1),
            AvoidableCostPerAcceleratorMonth = site.AvoidablePerLetHour * 730,
            ReachableShare = Math.Clamp(value(study.Reach), 0, 1),
            Inference = study.Goodput is { } goodput
                ? new InferenceCapability(
                    value(goodput),
                    0,
                    study.SoftwareGrowth is { } growth ? value(growth) : 0
                )
                : null,
            Signed =
            [
                .. study.Plan.Signed.Select(s =>
                    s with
                    {
                        MonthlyBreachHazard = study.BreachHazard is { } h
                            ? value(h)
                            : s.MonthlyBreachHazard,
                    }
                ),
            ],
        };
        var cleared = centre(plan, study.Policy, draw);
        for (var m = 0; m < cleared.Physical.Months; m++)
        {
            if (!double.IsFinite(cleared.MarketQuote[m] + cleared.Physical.Revenue(m)))
            {
                throw new InvalidOperationException(
                    "the market of the draw gave a rent that is no number"
                );
            }
        }
        return cleared;
    }

    private static double Fill(MonthlyOutlook outlook, int month)
    {
        double sum = 0;
        var from = Math.Clamp(month - 3, 0, outlook.Months - 1);
        var to = Math.Clamp(month, from + 1, outlook.Months);
        for (var m = from; m < to; m++)
        {
            sum += outlook.Fill(m);
        }
        return sum / (to - from);
    }

    private static CentreOutlook Costed(StudyCase study, SiteModel site, CentreOutlook outlook)
    {
        var sold = Priced(outlook.Physical, study.RentFactor);
        var physical = site.AddCosts(
            study.FillFloor > 0 ? Filled(sold, outlook.MarketQuote, study.FillFloor) : sold
        );
        if (study.OperatorShare > 0)
        {
            physical = physical with
            {
                Costs = [.. physical.Costs, Kept(physical, study.OperatorShare)],
            };
        }
        if (study.ExitNoticeMonths > 0 && study.Policy is SellPolicy)
        {
            physical = physical with
            {
                Costs = [.. physical.Costs, HallNotice(study, site, physical)],
            };
        }
        return outlook with { Physical = physical };
    }

    /// <summary>The hall of accelerators sold is paid for until its notice has run out.</summary>
    private static CostSplit HallNotice(StudyCase study, SiteModel site, MonthlyOutlook outlook)
    {
        var due = new double[outlook.Months];
        var before = 0.0;
        var monthly = site.PartsPerLetHour().First(p => p.Name == SiteModel.HallPart).PerHour * 730;
        for (var m = 0; m < outlook.Months; m++)
        {
            var planned = study
                .Fleets.Where(f => f.Online <= outlook.Start + m)
                .Sum(f => f.Servers * f.PerServer);
            var gone = Math.Max(0, planned - outlook.Installed[m]);
            for (var k = m; k < Math.Min(outlook.Months, m + study.ExitNoticeMonths); k++)
            {
                due[k] += Math.Max(0, gone - before) * monthly;
            }
            before = gone;
        }
        return new CostSplit(
            "hall of accelerators sold, until its notice has run out",
            new double[due.Length],
            new double[due.Length],
            due
        );
    }

    /// <summary>The outlook with hours given away at the market's quote until a share of all is sold; only to find what fill an answer would need.</summary>
    private static MonthlyOutlook Filled(MonthlyOutlook outlook, double[] quote, double floor)
    {
        var n = outlook.Months;
        double[] hours = new double[n],
            idle = [.. outlook.Idle],
            dark = [.. outlook.Dark];
        for (var m = 0; m < n; m++)
        {
            var all = outlook.Installed[m] * (outlook.Start + m).Hours;
            var lack = Math.Max(0, floor - outlook.Fill(m)) * outlook.Installed[m];
            hours[m] = all > 0 ? lack * (outlook.Start + m).Hours : 0;
            var fromIdle = Math.Min(idle[m], lack);
            idle[m] -= fromIdle;
            dark[m] = Math.Max(0, dark[m] - (lack - fromIdle));
        }
        return outlook with
        {
            Idle = idle,
            Dark = dark,
            Sales = [.. outlook.Sales, new ProductSales(Product.SmallLease, hours, quote, [])],
        };
    }

    /// <summary>The outlook with every price multiplied.</summary>
    internal static MonthlyOutlook Priced(MonthlyOutlook outlook, double factor) =>
        factor == 1
            ? outlook
            : outlook with
            {
                Sales =
                [
                    .. outlook.Sales.Select(s =>
                        s with
                        {
                            PricePerGpuHour = [.. s.PricePerGpuHour.Select(p => p * factor)],
                        }
                    ),
                ],
            };

    private static CostSplit Kept(MonthlyOutlook outlook, double share)
    {
        var kept = new double[outlook.Months];
        for (var m = 0; m < kept.Length; m++)
        {
            var cost = outlook.Costs.Sum(c => c.Total(m));
            kept[m] = share * Math.Max(0, outlook.Revenue(m) - cost);
        }
        return new CostSplit(
            "operator's share",
            kept,
            new double[kept.Length],
            new double[kept.Length]
        );
    }

    private static MonthlyOutlook Nothing(MonthlyOutlook outlook)
    {
        var zero = new double[outlook.Months];
        return outlook with
        {
            Installed = zero,
            Repair = zero,
            Dark = zero,
            Idle = zero,
            Sales = [],
            Leases = [],
            Costs = [],
            EnergyKwh = zero,
            PeakKw = zero,
            SaleProceeds = zero,
            SubsidyIncluded = zero,
        };
    }

    /// <summary>All terms of finance of a case with its uncertain numbers set.</summary>
    internal static FinanceTerms Terms(StudyCase study, Func<InputNumber, double> value, bool built)
    {
        var costs = new List<CapitalCost>();
        if (built && !study.Standing)
        {
            foreach (var fleet in study.Fleets)
            {
                var online = Math.Max(0, fleet.Online - study.Plan.Start);
                var amount = fleet.Servers * value(fleet.CapexPerServer) * study.CapexFactor;
                costs.Add(
                    new CapitalCost(
                        $"{fleet.Servers:0} {fleet.Server}",
                        Math.Max(0, online - 1),
                        amount,
                        online,
                        study.Tax.EquipmentLifeYears,
                        study.Tax.ImmediateShare,
                        study.Tax.InputVatRate
                    )
                );
            }
        }
        else if (study.Standing && study.Loan is { Amount: > 0 } owed)
        {
            costs.Add(
                new CapitalCost("debt outstanding at the decision", 0, owed.Amount, 0, 5, 0, 0)
            );
        }
        if (study.ConversionCost > 0)
        {
            costs.Add(
                new CapitalCost(
                    "conversion of the hall",
                    0,
                    study.ConversionCost,
                    0,
                    study.Tax.EquipmentLifeYears,
                    0,
                    study.Tax.InputVatRate
                )
            );
        }
        var lends = study.Loan is not null && built && costs.Count > 0;
        return study.Terms with
        {
            CapitalCosts = costs,
            Tax = study.Tax.Terms,
            Tranches = lends ? [study.Loan!] : [],
            Power = built ? study.Terms.Power : null,
            Grants = built ? study.Terms.Grants : [],
        };
    }

    /// <summary>The site of a case with its uncertain numbers set.</summary>
    internal static SiteModel Site(StudyCase study, Func<InputNumber, double> value)
    {
        var s = study.Site;
        var terms = new SiteTerms
        {
            Site = s.Name,
            Tariff = value(s.Tariff) * study.PowerFactor,
            DemandCharge = value(s.DemandCharge) * study.PowerFactor,
            DesignPue = Math.Max(1.01, value(s.DesignPue)),
            FixedOverheadShare = Math.Clamp(value(s.FixedOverheadShare), 0, 1),
            LetLoad = Math.Clamp(value(s.LetLoad), 0, 1),
            LitService = value(s.LitService),
            LitBandwidth = value(s.LitBandwidth),
            StandingService = value(s.StandingService),
            Colocation = value(s.Colocation),
            WaterPerKwh = value(s.Water),
            Escalation = value(s.Escalation),
            Profile = s.Profile,
        };
        return new SiteModel(terms, s.Power);
    }
}
