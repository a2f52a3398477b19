namespace Plimsoll.Finance;

/// <summary>Solves the size of every tranche and its schedule; fees, interest before the first payment and the reserve account depend on the size and the size on them, so it repeats until still.</summary>
internal sealed partial class DebtSolver
{
    private const int MostRounds = 200;
    private readonly FinanceTerms _terms;
    private readonly int _months;
    private readonly IReadOnlyList<SizingCash?>? _sizing;
    private readonly double[] _capital;

    /// <summary>Per tranche, share of what it lends that stands as the outlook begins.</summary>
    private readonly double[] _stood;
    private readonly double[] _vat;
    private readonly double[][] _shape;
    private readonly double[] _funded;
    private readonly double[][] _fraction;
    private readonly double[][] _rate;
    private readonly int[] _first;
    private readonly bool[][] _pays;
    private readonly List<string> _notes = [];

    public DebtSolver(FinanceTerms terms, int months, IReadOnlyList<SizingCash?>? sizing)
    {
        (_terms, _months, _sizing) = (terms, months, sizing);
        _capital = new double[months];
        _vat = new double[months];
        foreach (var cost in terms.CapitalCosts.Where(c => c.Month < months))
        {
            _capital[Math.Max(0, cost.Month)] += cost.Amount;
            _vat[Math.Max(0, cost.Month)] += cost.Amount * cost.InputVatRate;
        }
        var tranches = terms.Tranches;
        _shape = new double[tranches.Count][];
        _funded = new double[tranches.Count];
        _stood = new double[tranches.Count];
        _fraction = new double[tranches.Count][];
        _rate = new double[tranches.Count][];
        _first = new int[tranches.Count];
        _pays = new bool[tranches.Count][];
        for (var i = 0; i < tranches.Count; i++)
        {
            Prepare(i, tranches[i]);
        }
    }

    public DebtPlan Solve()
    {
        var count = _terms.Tranches.Count;
        var lent = new double[count];
        var plan = Build(lent);
        for (var round = 0; round < MostRounds; round++)
        {
            _notes.Clear();
            var next = Sizes(plan);
            var change = 0.0;
            for (var i = 0; i < count; i++)
            {
                change = Math.Max(change, Math.Abs(next[i] - lent[i]) / (1 + Math.Abs(next[i])));
            }
            lent = next;
            plan = Build(lent);
            if (change < 1e-13)
            {
                break;
            }
        }
        return plan;
    }

    private void Prepare(int i, DebtTranche tranche)
    {
        var shape = _shape[i] = new double[_months];
        foreach (
            var cost in _terms.CapitalCosts.Where(c =>
                c.Month < _months
                && (
                    tranche.Funds.Count == 0
                    || tranche.Funds.Contains(c.Name, StringComparer.Ordinal)
                )
            )
        )
        {
            var month =
                Math.Max(0, cost.Month)
                + (tranche.Draw == DrawRule.EquityFirst ? 0 : tranche.AcceptanceMonths);
            _funded[i] += cost.Amount;
            _stood[i] += tranche.Stands(cost) ? cost.Amount : 0;
            if (month < _months)
            {
                shape[month] += cost.Amount;
            }
        }
        for (var m = 0; m < _months; m++)
        {
            shape[m] = _funded[i] > 0 ? shape[m] / _funded[i] : 0;
        }
        _stood[i] = _funded[i] > 0 ? _stood[i] / _funded[i] : 0;
        _first[i] =
            tranche.Draw == DrawRule.AfterAcceptance
                ? Array.FindIndex(shape, s => s > 0) + 1
                : tranche.FirstPaymentMonth;
        _fraction[i] = new double[_months];
        _rate[i] = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            _fraction[i][m] = _terms.Start is { } start
                ? tranche.DayCount.YearFraction(start + m)
                : 1.0 / 12;
            _rate[i][m] = tranche.RateAt(m) * _fraction[i][m];
        }
        var every = Math.Max(1, tranche.PaymentEveryMonths);
        var end = Maturity(i, shape);
        _pays[i] = new bool[_months];
        for (var m = Math.Max(0, _first[i]); m < _months; m++)
        {
            _pays[i][m] = (m - _first[i] + 1) % every == 0 || m == end || m == _months - 1;
        }
    }

    /// <summary>The size that each tranche would have, given the fees and interest of the plan before.</summary>
    private double[] Sizes(DebtPlan before)
    {
        var uses = Uses(before);
        var onUses = _terms.GearingBase == GearingBase.Uses;
        var lent = new double[_terms.Tranches.Count];
        var growth = Capitalised(before);
        for (var i = 0; i < lent.Length; i++)
        {
            var tranche = _terms.Tranches[i];
            var most =
                tranche.Amount > 0 ? tranche.Amount
                : tranche.Gearing > 0
                    ? onUses ? tranche.Gearing * uses.Sum() / (1 + growth[i])
                        : tranche.Gearing * _funded[i]
                : double.PositiveInfinity;
            var limited = double.IsFinite(most) || tranche.Repayment == Repayment.Sculpted;
            if (limited && tranche.Commitment > 0)
            {
                most = Math.Min(most, tranche.Commitment);
            }
            if (tranche.Repayment == Repayment.Sculpted)
            {
                var sculpted = Sculpted(i, before);
                if (most < sculpted * (1 - 1e-12))
                {
                    _notes.Add(
                        $"{tranche.Name}: cash would carry {sculpted:0}, the limit of {most:0} binds"
                    );
                }
                most = Math.Min(most, sculpted);
            }
            lent[i] = double.IsFinite(most) ? most : 0;
        }
        var total = onUses ? uses.Sum() : _capital.Sum();
        var owed = onUses ? lent.Zip(growth, (l, g) => l * (1 + g)).Sum() : lent.Sum();
        var cap = _terms.GearingCap * total;
        if (owed > cap * (1 + 1e-12) && owed > 0)
        {
            _notes.Add(
                $"gearing is capped at {_terms.GearingCap:0.####}: {cap:0} of {owed:0} is lent"
            );
            lent = [.. lent.Select(l => l * cap / owed)];
        }
        return lent;
    }

    /// <summary>Says what sweeps that are taken one after the other come to: a share of what the one before left.</summary>
    private IEnumerable<string> SweepsInTurn()
    {
        var parts = new LoanParts(_terms.Tranches);
        var swept = _terms
            .Tranches.Where((t, i) => parts.First(i) == i && t.SweepShare > 0)
            .ToList();
        if (swept.Count > 1)
        {
            var left = swept.Aggregate(1.0, (rest, t) => rest * (1 - t.SweepShare));
            yield return $"sweeps are taken one after the other, each of the free cash that the one before leaves: {string.Join(", ", swept.Select(t => t.Name))} together take {1 - left:0.####} of it";
        }
    }

    private double Sculpted(int i, DebtPlan before)
    {
        var (service, from) = SculptedService(i, before);
        var units = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            units[m] = before.Lent[i] > 0 ? before.Draws[i][m] / before.Lent[i] : _shape[i][m];
        }
        var (due, rates, _) = Periods(i, service, from);
        return Sculpting.Size(
            due,
            rates,
            PeriodDraws(i, units, from, service.Length, _stood[i]).Worth
        );
    }

    /// <summary>Draws as a sculpted schedule counts them: first what stands at the first payment, interest until then included, then those of each period; what is drawn with the last payment or later is not among them.</summary>
    /// <returns>Money by period, and the same with the interest of the rest of its period.</returns>
    private (double[] Money, double[] Worth) PeriodDraws(
        int i,
        double[] draws,
        int from,
        int length,
        double standing
    )
    {
        var opening = standing;
        draws = Later(draws, standing);
        for (var m = 0; m < from; m++)
        {
            opening += (opening * _rate[i][m]) + draws[m];
        }
        var (money, worth) = (new List<double> { opening }, new List<double> { opening });
        double drawn = 0,
            interest = 0;
        for (var m = from; m < from + length - 1; m++)
        {
            interest += drawn * _rate[i][m];
            drawn += draws[m];
            if (_pays[i][m])
            {
                money.Add(drawn);
                worth.Add(drawn + interest);
                (drawn, interest) = (0, 0);
            }
        }
        // Drawn within the last period: due with its end.
        money.Add(0);
        worth.Add(0);
        return ([.. money], [.. worth]);
    }

    /// <summary>What cash over the target cover leaves for this tranche after the scheduled service of those before it.</summary>
    private (double[] Service, int From) SculptedService(int i, DebtPlan before)
    {
        var tranche = _terms.Tranches[i];
        if (_sizing is null || _sizing[i] is not { } sizing)
        {
            throw new ArgumentException(
                $"'{tranche.Name}' is sculpted and needs the outlook of a sizing case.",
                nameof(before)
            );
        }
        var from = Math.Min(_months, _first[i]);
        var length = Math.Min(tranche.TenorMonths, _months - from);
        var level = Sculpting.Level(
            sizing.Cash.AsSpan(from, length),
            Math.Max(1, tranche.SculptEveryMonths)
        );
        var low =
            sizing.Downside is { } downside && tranche.DownsideTargetCover > 0
                ? Sculpting.Level(
                    downside.AsSpan(from, length),
                    Math.Max(1, tranche.SculptEveryMonths)
                )
                : null;
        var merchantCover =
            tranche.MerchantTargetCover > 0 ? tranche.MerchantTargetCover : tranche.TargetCover;
        for (var k = 0; k < length; k++)
        {
            var share = sizing.ContractedShare[from + k];
            var senior = 0.0;
            for (var j = 0; j < i; j++)
            {
                senior += before.InterestDue[j][from + k];
                senior += before.Principal[j][from + k];
            }
            var carried =
                level[k] * ((share / tranche.TargetCover) + ((1 - share) / merchantCover));
            level[k] =
                (low is null ? carried : Math.Min(carried, low[k] / tranche.DownsideTargetCover))
                - senior;
        }
        return (level, from);
    }

    private DebtPlan Build(double[] lent)
    {
        var count = lent.Length;
        var draws = new double[count][];
        var principal = new double[count][];
        var interest = new double[count][];
        var interestDue = new double[count][];
        var balance = new double[count][];
        var maturity = new int[count];
        var plan = new DebtPlan(_terms.Tranches, draws, principal, lent)
        {
            FirstPayment = _first,
            Maturity = maturity,
            Standing = [.. lent.Select((l, i) => _stood[i] * l)],
            YearFraction = _fraction,
            Interest = interest,
            InterestDue = interestDue,
            Pays = _pays,
            Balance = balance,
            Fees = new double[_months],
            Service = new double[_months],
            ReserveTarget = new double[_months],
            ReserveFunding = new double[_months],
            SculptedCover = new double[count],
            LetterTarget = new double[_months],
            RefinanceMonth =
            [
                .. _terms.Tranches.Select(t =>
                    t.Refinancing is null ? -1 : t.FirstPaymentMonth + t.TenorMonths - 1
                ),
            ],
            PaidInCashFrom =
            [
                .. _terms.Tranches.Select((t, i) => _first[i] + (t.PayInKind?.Months ?? 0)),
            ],
            LifeYears = new double[count][],
            Notes = [.. _notes, .. SweepsInTurn()],
        };
        for (var i = 0; i < count; i++)
        {
            draws[i] = [.. _shape[i].Select(s => s * lent[i])];
            interest[i] = new double[_months];
            interestDue[i] = new double[_months];
            principal[i] = new double[_months];
            balance[i] = new double[_months];
        }
        EquityFirst(plan);
        for (var i = 0; i < count; i++)
        {
            maturity[i] = Maturity(i, draws[i]);
            Schedule(i, plan);
            AddFees(i, plan);
            plan.LifeYears[i] = _terms.Tranches[i].PrepaymentCharge is null
                ? []
                : LifeYears(plan.Balance[i]);
        }
        AddReserve(plan);
        return plan;
    }

    /// <summary>Moves draws of tranches that wait for equity behind it: equity pays all uses until its share is spent.</summary>
    private void EquityFirst(DebtPlan plan)
    {
        var waiting = Enumerable
            .Range(0, plan.Lent.Length)
            .Where(i => _terms.Tranches[i].Draw == DrawRule.EquityFirst)
            .ToList();
        var lent = waiting.Sum(i => plan.Lent[i]);
        if (lent <= 0)
        {
            return;
        }
        var equity = Math.Max(0, _capital.Sum() - lent);
        double paid = 0,
            drawn = 0;
        for (var m = 0; m < _months; m++)
        {
            paid += _capital[m];
            var now = Math.Max(0, Math.Min(lent, paid - equity) - drawn);
            drawn += now;
            foreach (var i in waiting)
            {
                plan.Draws[i][m] = now * plan.Lent[i] / lent;
            }
        }
    }

    /// <summary>Draws without what stands as the outlook begins.</summary>
    private static double[] Later(double[] draws, double standing) =>
        standing > 0 ? [Math.Max(0, draws[0] - standing), .. draws[1..]] : draws;

    private void AddFees(int i, DebtPlan plan)
    {
        var tranche = _terms.Tranches[i];
        var undrawn = plan.Lent[i] - plan.Standing[i];
        var draws = Later(plan.Draws[i], plan.Standing[i]);
        var first = Array.FindIndex(plan.Draws[i], d => d > 0);
        for (var m = 0; m < _months && first >= 0; m++)
        {
            plan.Fees[m] +=
                m == first
                    ? plan.Lent[i]
                        * (
                            tranche.UpfrontFee
                            + (tranche.Cap is { } cap ? cap.Share * cap.Premium : 0)
                        )
                    : 0;
            plan.Fees[m] += Math.Max(0, undrawn) * tranche.CommitmentFee * _fraction[i][m];
            undrawn -= draws[m];
            if (undrawn < 1e-9 * plan.Lent[i])
            {
                undrawn = 0;
            }
        }
    }

    private static double[] LifeYears(double[] balance)
    {
        var years = new double[balance.Length];
        double later = 0;
        for (var m = balance.Length - 1; m >= 0; m--)
        {
            years[m] = balance[m] > DebtRun.Cent ? (later / 12 / balance[m]) + (1.0 / 12) : 0;
            later += balance[m];
        }
        return years;
    }

    private void AddReserve(DebtPlan plan)
    {
        var reserve = _terms.ReserveMonths;
        for (var i = 0; i < plan.Lent.Length && reserve > 0; i++)
        {
            var service = ServiceByMonth(i, plan);
            var from = -1;
            for (var m = 0; m < _months; m++)
            {
                // Between payments the months of service are those from the payment before on: held whole until the next falls due.
                from = m < _first[i] || _pays[i][m] ? m : from;
                for (var k = from + 1; k <= from + reserve && k < _months; k++)
                {
                    plan.ReserveTarget[m] += service[k];
                }
            }
        }
        for (var m = 0; m < _months; m++)
        {
            if (_terms.ReserveLetter is { } letter)
            {
                plan.LetterTarget[m] = plan.ReserveTarget[m] * letter.Share;
                plan.ReserveTarget[m] -= plan.LetterTarget[m];
            }
        }
        var first = plan.FirstPaymentMonth;
        if (reserve > 0 && plan.TotalLent > 0 && first <= _months)
        {
            plan.ReserveFunding[Math.Max(0, first - 1)] = plan.ReserveTarget[
                Math.Max(0, first - 1)
            ];
        }
    }

    /// <summary>Scheduled service of a tranche with each payment spread evenly over the months since the payment before, so that months of service can be held at any date.</summary>
    private double[] ServiceByMonth(int i, DebtPlan plan)
    {
        var service = new double[_months];
        var last = _first[i] - 1;
        for (var q = Math.Max(0, _first[i]); q < _months; q++)
        {
            if (!_pays[i][q])
            {
                continue;
            }
            var due = plan.InterestDue[i][q] + plan.Principal[i][q];
            var from = Math.Max(0, last + 1);
            for (var m = from; m <= q; m++)
            {
                service[m] += due / (q - from + 1);
            }
            last = q;
        }
        return service;
    }

    private double[] Uses(DebtPlan plan)
    {
        var uses = new double[_months];
        for (var m = 0; m < _months; m++)
        {
            uses[m] = _capital[m] + _vat[m] + plan.Fees[m] + plan.ReserveFunding[m];
            for (var i = 0; i < plan.Lent.Length; i++)
            {
                uses[m] += m < _first[i] ? plan.Interest[i][m] : 0;
            }
        }
        return uses;
    }

    /// <summary>Per tranche, capitalised interest over money lent.</summary>
    private double[] Capitalised(DebtPlan plan) =>
        [
            .. Enumerable
                .Range(0, plan.Lent.Length)
                .Select(i =>
                    plan.Lent[i] > 0
                        ? plan.Interest[i].Take(Math.Max(0, _first[i])).Sum() / plan.Lent[i]
                        : 0
                ),
        ];
}
