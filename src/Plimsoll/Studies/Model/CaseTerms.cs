using System.Runtime.CompilerServices;
using Plimsoll.Finance;
using Plimsoll.Inputs;

namespace Plimsoll.Studies.Model;

/// <summary>The terms of finance of a case with its uncertain numbers set.</summary>
internal static class CaseTerms
{
    /// <summary>All terms: capital cost by fleet, tax, debt.</summary>
    /// <param name="study">The case.</param>
    /// <param name="value">Values of its uncertain numbers.</param>
    /// <param name="built">False when waiting ended in not building: nothing is bought, lent or granted.</param>
    public static FinanceTerms Of(StudyCase study, Func<InputNumber, double> value, bool built) =>
        Committed(study, Stated(study, value, built));

    /// <summary>
    /// A loan asked for is a sum: what its gearing lends at the study's own cost. In a draw that costs more, equity pays the rest; in one that costs
    /// less, the gearing lends of what it costs.
    /// </summary>
    private static FinanceTerms Committed(StudyCase study, FinanceTerms terms)
    {
        if (study.Standing || study.Building is not null || terms.Tranches.Count == 0)
        {
            return terms;
        }
        var lent = _lent.GetValue(study, AtOwnCost);
        if (lent.Length != terms.Tranches.Count)
        {
            return terms;
        }
        return terms with
        {
            Tranches =
            [
                .. terms.Tranches.Select(
                    (t, i) =>
                        lent[i] > 0 && !(t.Amount > 0 && t.Amount <= lent[i])
                            ? t with
                            {
                                Commitment =
                                    t.Commitment > 0 ? Math.Min(t.Commitment, lent[i]) : lent[i],
                            }
                            : t
                ),
            ],
        };
    }

    /// <summary>What cases that are still held lend at their own numbers: it is the same in every draw.</summary>
    private static readonly ConditionalWeakTable<StudyCase, double[]> _lent = [];

    private static double[] AtOwnCost(StudyCase study) =>
        Lent(study, Stated(study with { CapexOverrun = 1 }, n => n.Value, true));

    /// <summary>What each tranche lends at the study's own numbers; empty for a sculpted one that is not sized yet.</summary>
    private static double[] Lent(StudyCase study, FinanceTerms own)
    {
        var sculpts = own.Tranches.Any(t => t.Repayment == Repayment.Sculpted);
        if (sculpts && study.Sizing is null)
        {
            return [];
        }
        if (sculpts || own.GearingBase == GearingBase.Uses)
        {
            return ProjectModel
                .Contract(own, study.Plan.Months, study.Sizing?.Outlook, study.Sizing?.Downside)
                .Debt.Lent;
        }
        // Without either, size and schedule do not hang together: no need to solve them in every draw.
        double Cost(IReadOnlyList<string> funds) =>
            own
                .CapitalCosts.Where(c =>
                    c.Month < study.Plan.Months
                    && (funds.Count == 0 || funds.Contains(c.Name, StringComparer.Ordinal))
                )
                .Sum(c => c.Amount);
        double[] lent =
        [
            .. own.Tranches.Select(t =>
                (t.Amount > 0 ? t.Amount : t.Gearing * Cost(t.Funds)) is var given
                && t.Commitment > 0
                    ? Math.Min(given, t.Commitment)
                    : given
            ),
        ];
        var (owed, most) = (lent.Sum(), own.GearingCap * Cost([]));
        return owed > most ? [.. lent.Select(l => l * most / owed)] : lent;
    }

    /// <summary>Name of the money of debt that stands among the capital costs.</summary>
    private const string Outstanding = "debt outstanding at the decision";

    private static FinanceTerms Stated(StudyCase study, Func<InputNumber, double> value, bool built)
    {
        var costs = new List<CapitalCost>();
        IReadOnlyList<DebtTranche>? drawn = null;
        if (built && !study.Standing)
        {
            costs.AddRange(study.Fleets.Select(f => Fleet(study, f, value)));
            if (study is { Building: { } building, Loan: { } loan })
            {
                (costs, drawn) = Drawn(
                    building,
                    costs,
                    UncertainTerms.Set(loan, 0, study.MoneyNumbers, value)
                );
            }
        }
        else if (study.Standing && study.Tranches.Sum(t => t.Amount) is > 0 and var owed)
        {
            costs.Add(
                new CapitalCost(Outstanding, 0, owed, 0, 5, 0, 0)
                {
                    DebtStanding = study.Terms.Opening is not null,
                }
            );
        }
        costs.AddRange(
            study
                .Costs.Where(c => c.Amount > 0)
                .Select(c => new CapitalCost(
                    c.Name,
                    0,
                    c.Amount,
                    c.IsDamages && built ? study.FirstOnline : 0,
                    study.Tax.EquipmentLifeYears,
                    0,
                    c.IsDebt || c.IsDamages ? 0 : study.Tax.InputVatRate
                )
                {
                    DebtStanding = c is { IsDebt: true, IsDamages: false },
                    Expensed = c.IsDamages,
                })
        );
        var lends = study.Loan is not null && built && costs.Count > 0;
        var terms = UncertainTerms.Set(study.Terms, study.MoneyNumbers, value) with
        {
            CapitalCosts = costs,
            Opening = built && study.Standing ? Opening(study, value) : Spent(study, built),
            Tax = study.Tax.Terms,
            Tranches = drawn ?? (lends ? Tranches(study, value) : []),
            Power = built ? study.Terms.Power : null,
            Grants =
            [
                .. built ? study.Terms.Grants : [],
                .. study
                    .Receipts.Where(r => r.Amount > 0)
                    .Select(r => new Grant(0, r.Amount, 0, 0, 0)),
            ],
        };
        // Nothing is built or lent: what stands beside debt alone goes with it.
        return terms.Tranches.Count > 0 ? terms : terms.WithoutDebt();
    }

    private static (List<CapitalCost>, IReadOnlyList<DebtTranche>) Drawn(
        BuildingDebt building,
        List<CapitalCost> costs,
        DebtTranche loan
    )
    {
        var (funded, tranches) = building.Fund(costs, loan);
        return ([.. funded], tranches);
    }

    /// <summary>What a centre that stands brings with it: what its fleets cost, less what is written off since they came.</summary>
    private static OpeningPosition? Opening(StudyCase study, Func<InputNumber, double> value) =>
        study is not { Standing: true, Terms.Opening: { } opening }
            ? null
            : opening with
            {
                Assets =
                [
                    .. study.Fleets.Select(f =>
                        SoldAtOnce(
                            study,
                            f,
                            OpeningAsset.Aged(
                                CostName(f),
                                CostOf(study, f, value),
                                study.Plan.Start - f.Online,
                                f.Tax.EquipmentLifeYears,
                                // Who deducted all at once carries the loss forward instead: neither is known, and together they come near to this.
                                0
                            )
                        )
                    ),
                ],
            };

    /// <summary>A fleet that a course sells in the first month and rents back is written off in it: only a gain of the sale is income.</summary>
    private static OpeningAsset SoldAtOnce(StudyCase study, FleetCase fleet, OpeningAsset asset) =>
        asset.FromMonth == 0 && study.Effects.Any(e => e.SellsAtOnce(fleet))
            ? asset with
            {
                MonthsLeft = 1,
            }
            : asset;

    /// <summary>What was spent on a half-built centre before the outlook, which is what its assets cost for tax: written off with the fleets that are finished, at once where orders are cancelled or sold; null where nothing was.</summary>
    private static OpeningPosition? Spent(StudyCase study, bool built)
    {
        var (kept, given) = built
            ? (study.Spent.Kept, study.Spent.GivenUp)
            : (0, study.Spent.Kept + study.Spent.GivenUp);
        if (kept + given <= 0)
        {
            return null;
        }
        var assets = new List<OpeningAsset>();
        var total = study.Fleets.Sum(f => f.Servers * f.CapexPerServer.Value);
        foreach (var f in kept > 0 ? study.Fleets : [])
        {
            var cost = kept * f.Servers * f.CapexPerServer.Value / total;
            var from = Math.Max(0, f.Online - study.Plan.Start);
            var once = cost * f.Tax.ImmediateShare;
            assets.Add(
                OpeningAsset.Aged(CostName(f), cost, -from, f.Tax.EquipmentLifeYears, 0) with
                {
                    Book = cost - once,
                }
            );
            if (once > 0)
            {
                assets.Add(new OpeningAsset(CostName(f), 0, once, from, 1));
            }
        }
        if (given > 0)
        {
            assets.Add(new OpeningAsset("orders given up", 0, given, 0, 1));
        }
        return new OpeningPosition
        {
            Assets = assets,
            Revenue = 0,
            RunningCost = 0,
            AccountsFunded = false,
        };
    }

    private static double CostOf(
        StudyCase study,
        FleetCase fleet,
        Func<InputNumber, double> value
    ) =>
        fleet.Servers
        * value(fleet.CapexPerServer)
        * study.CapexFactor
        * study.CapexOverrun
        * (1 + study.SalesTaxRate);

    /// <summary>The debt of a case as contracted: a sculpted tranche on the case's sizing outlook.</summary>
    /// <param name="study">The case.</param>
    /// <param name="value">Values of its uncertain numbers.</param>
    /// <param name="built">False when waiting ended in not building.</param>
    public static ProjectModel Contract(
        StudyCase study,
        Func<InputNumber, double> value,
        bool built
    ) =>
        ProjectModel.Contract(
            Of(study, value, built),
            study.Plan.Months,
            study.Sizing?.Outlook,
            study.Sizing?.Downside
        );

    /// <summary>The tranches with their uncertain numbers; one that funds only fleets which the case lacks is not lent.</summary>
    private static IReadOnlyList<DebtTranche> Tranches(
        StudyCase study,
        Func<InputNumber, double> value
    )
    {
        var set = study.Tranches.Select(
            (t, place) => UncertainTerms.Set(t, place, study.MoneyNumbers, value)
        );
        return study.Standing
            ? [.. set.Select(t => t with { Funds = t.Amount > 0 ? [Outstanding] : [] })]
            :
            [
                .. set.Select(t =>
                        (
                            Tranche: t with
                            {
                                Funds =
                                [
                                    .. study
                                        .Fleets.Where(f =>
                                            t.Funds.Contains(f.Name, StringComparer.Ordinal)
                                        )
                                        .Select(CostName),
                                ],
                            },
                            Whole: t.Funds.Count == 0
                        )
                    )
                    .Where(t => t.Whole || t.Tranche.Funds.Count > 0)
                    .Select(t => t.Tranche),
            ];
    }

    private static string CostName(FleetCase fleet) => $"{fleet.Servers:0} {fleet.Server}";

    /// <summary>The servers of a fleet, paid in the month before they come.</summary>
    private static CapitalCost Fleet(
        StudyCase study,
        FleetCase fleet,
        Func<InputNumber, double> value
    )
    {
        var online = Math.Max(0, fleet.Online - study.Plan.Start);
        return new CapitalCost(
            CostName(fleet),
            Math.Max(0, online - 1),
            CostOf(study, fleet, value),
            online,
            fleet.Tax.EquipmentLifeYears,
            fleet.Tax.ImmediateShare,
            fleet.Tax.InputVatRate
        )
        {
            SalesTaxRate = study.SalesTaxRate,
        };
    }
}
