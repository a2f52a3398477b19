using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Debt as contracted: sizes, draws, schedules, fees and reserve target, each with the solved vector of the engine beside the live one.</summary>
internal sealed partial class DebtSheet
{
    private readonly Inputs _x;
    private readonly Sheet _sheet;
    private readonly OperationsSheet _o;
    private readonly List<Expr> _raw = [];

    /// <summary>Writes it.</summary>
    public DebtSheet(Inputs x, OperationsSheet o, IReadOnlyList<TrancheTerms> tranches)
    {
        (_x, _o) = (x, o);
        var book = x.Book;
        var time = book.Time;
        _sheet = book.Monthly(
            "Debt",
            "Debt as contracted",
            "Sizes and schedules follow the terms by formula; the engine's solved figures stand beside them as constants, with a check."
        );
        Tranches = [.. tranches.Select((t, i) => new Contract(t, i))];
        foreach (var tranche in Tranches)
        {
            Shape(tranche);
        }
        Sizes();
        foreach (var tranche in Tranches)
        {
            Schedule(tranche);
        }
        Book.Heading(_sheet, "All debt");
        Fees = Row("up-front and commitment fees")
            .Fill(m => Fn.Total(Tranches.Select(t => t.Fees[m])))
            .Sum();
        Service = Row("scheduled debt service, capitalised interest left out", Look.MoneySum)
            .Fill(m => Fn.Total(Tranches.Select(t => t.Service[m])))
            .Sum();
        Balance = Row("scheduled balance").Fill(m => Fn.Total(Tranches.Select(t => t.Balance[m])));
        First =
            Tranches.Count == 0
                ? 1_000_000
                : _sheet.Put(
                    _sheet.Next++,
                    3,
                    Fn.Min([.. Tranches.Select(t => t.First)]),
                    Look.Whole
                );
        if (Tranches.Count > 0)
        {
            _sheet.Put(_sheet.Next - 1, 1, "first payment of any debt, months since start");
        }
        var rarely = tranches.Any(t => t.Instruments.PaysRarely);
        Line Held(string name, IReadOnlyList<double> solved) =>
            Row($"{name}, as the engine solved it").Enter(solved);
        var reserved = rarely
            ? Held(
                "target of the reserve while debt stands as scheduled",
                [.. x.Plan.ReserveTarget.Zip(x.Plan.LetterTarget, (a, b) => a + b)]
            )
            : Row("target of the reserve while debt stands as scheduled")
                .Fill(m => Ahead(Service, x.Terms.ReserveMonths, m));
        var letter = x.Given.ReserveLetter is not null;
        ReserveTarget = letter
            ? Row("of it in the reserve account").Fill(m => reserved[m] * (1 - x.Terms.LetterShare))
            : reserved;
        LetterTarget = letter
            ? Row("of it by letter of credit").Fill(m => reserved[m] * x.Terms.LetterShare)
            : null;
        ReserveFunding = Row("paid into the reserve account at signing terms")
            .Fill(m =>
                Fn.If(
                    Fn.And(time.Index[m].Is(Fn.Max(0, First - 1)), First <= x.Count, SizeSum() > 0),
                    ReserveTarget[m],
                    0
                )
            );
        foreach (var tranche in Tranches)
        {
            tranche.ForwardPrincipal = Row(
                    $"{tranche.Terms.Name}: scheduled principal of the twelve months ahead"
                )
                .Fill(m => Ahead(tranche.Principal, ServiceToDate.Window, m));
            tranche.ForwardInterest = Row(
                    $"{tranche.Terms.Name}: scheduled interest due in the twelve months ahead"
                )
                .Fill(m =>
                    Ahead(tranche.Service, ServiceToDate.Window, m) - tranche.ForwardPrincipal[m]
                );
        }
        Collection = rarely
            ? Held("coming debt service kept in the collection account", x.KeptForService)
            : Row("coming debt service kept in the collection account")
                .Fill(m => Ahead(Service, x.Terms.CollectionMonths, m));
    }

    public IReadOnlyList<Contract> Tranches { get; }
    public Line Fees { get; }
    public Line Service { get; }
    public Line Balance { get; }

    /// <summary>First payment of any tranche, months since start; far away without debt.</summary>
    public Expr First { get; }
    public Line ReserveTarget { get; }

    /// <summary>Part of the reserve's target for which a letter of credit stands; null without one.</summary>
    public Line? LetterTarget { get; }
    public Line ReserveFunding { get; }
    public Line Collection { get; }

    /// <summary>Sum of a row over the months ahead, as many as reckoned.</summary>
    private Expr Ahead(Line line, Expr months, int m)
    {
        var number = _x.Book.Time.Number;
        var value = 0.0;
        for (var k = m + 1; k <= m + months.Value && k < _x.Count; k++)
        {
            value += line.Values[k];
        }
        return new Expr(
            $"SUMIFS({line.All},{number.All},\">\"&{number[m].Text},{number.All},\"<=\"&({number[m].Text}+{months.Text}))",
            value,
            9
        );
    }

    private Line Row(string name, Look look = Look.Money, string unit = "") =>
        _x.Book.Line(_sheet, name, unit.Length > 0 ? unit : _x.Currency, look);

    private Expr SizeSum() => Tranches.Count == 0 ? 0 : Fn.Total(Tranches.Select(t => t.Lent));

    private Expr Scalar(string name, Expr formula, Look look = Look.Money, string named = "")
    {
        var row = _sheet.Next++;
        _sheet.Put(row, 1, name);
        _sheet.Put(row, 2, look == Look.Money ? _x.Currency : "", Look.Note);
        var cell = _sheet.Put(row, 3, formula, look);
        if (named.Length > 0)
        {
            _x.Book.Name(named, cell.Text);
            return new Expr(named, cell.Value, 9);
        }
        return cell;
    }

    private Expr Solved(string name, double value)
    {
        var row = _sheet.Next++;
        _sheet.Put(row, 1, name);
        _sheet.Put(row, 2, _x.Currency, Look.Note);
        return _sheet.Put(row, 3, value, Look.InputMoney);
    }

    /// <summary>Rates, year fractions and what each month draws of one unit lent.</summary>
    private void Shape(Contract c)
    {
        var (t, k, s) = (c.Terms, _x.Capital, _x.Sens);
        var time = _x.Book.Time;
        Book.Heading(_sheet, $"Debt {c.Index + 1}: {t.Name}");
        c.Years = Row("years of interest in the month", Look.Number, "years")
            .Fill(m =>
                Fn.If(
                    t.DayCount.Is(0),
                    (Expr)1 / 12,
                    Fn.If(
                        t.DayCount.Is(1),
                        time.Days[m] / 360,
                        Fn.If(
                            t.DayCount.Is(2),
                            time.Days[m] / 365,
                            time.Days[m] / time.DaysOfYear[m]
                        )
                    )
                )
            );
        c.Rate = Row("interest of the month at the contract's rate", Look.Percent, "share")
            .Fill(m =>
                t.Instruments.Rate(
                    t,
                    Fn.Max(t.Floor, t.BaseAt(time.Index[m]) + s.Rate),
                    time.Index[m]
                ) * c.Years[m]
            );
        c.Actual = Row("yearly rate really charged", Look.Percent, "a year")
            .Fill(m =>
                t.Instruments.Rate(
                    t,
                    Fn.Max(t.Floor, t.BaseAt(time.Index[m]) + s.Rate + _x.Outlook.RateShift[m]),
                    time.Index[m]
                )
            );
        var funded = k.Funded[c.Index];
        c.FundedSum = Scalar(
            "capital cost it funds",
            k.InUse.Products(
                $"{k.InUse.All}*{funded.All}",
                i => k.InUse.Values[i] * funded.Values[i]
            )
        );
        var later = t.Given.Draw == DrawRule.EquityFirst ? (Expr)0 : t.Acceptance;
        c.Shape = Row(
                "share drawn in the month, in proportion to capital cost",
                Look.Percent,
                "share"
            )
            .Fill(m =>
                Fn.If(
                    c.FundedSum > 0,
                    k.PaidIn(time.Index[m] - later, funded) / Guard(c.FundedSum),
                    0
                )
            );
        if (_x.Plan.Standing[c.Index] > 0)
        {
            c.StandingShare = Scalar(
                "share of what is lent that stands as the outlook begins",
                Fn.If(c.FundedSum > 0, k.StandingOf(funded) / Guard(c.FundedSum), 0),
                Look.Percent
            );
        }
        if (t.Given.Draw == DrawRule.AfterAcceptance)
        {
            var begun = Row("drawing has begun", Look.Whole, "1 = yes");
            for (var m = 0; m < _x.Count; m++)
            {
                begun.Set(m, Fn.Flag(Fn.Or(begun[m - 1].Is(1), c.Shape[m] > 0)));
            }
            c.First = Scalar(
                "first payment, months since start",
                Fn.If(begun.SumAll() > 0, _x.Count - begun.SumAll() + 1, 0),
                Look.Whole
            );
        }
        else
        {
            c.First = t.FirstPayment;
        }
    }

    /// <summary>A size in use per tranche: live where formulas can solve it, the engine's where they cannot or are told to hold.</summary>
    private void Sizes()
    {
        if (Tranches.Count == 0)
        {
            return;
        }
        Book.Heading(_sheet, "Sizes");
        foreach (var c in Tranches)
        {
            c.Contracted = Solved(
                $"{c.Terms.Name}: lent, as the engine solved it",
                _x.Plan.Lent[c.Index]
            );
        }
        foreach (var c in Tranches.Where(c => c.Terms.Live))
        {
            if (c.Terms.Given.Repayment == Repayment.Sculpted)
            {
                Sculpt(c, []);
            }
            _raw.Add(Scalar($"{c.Terms.Name}: lent by its own terms", Most(c)));
        }
        var live = Tranches.All(c => c.Terms.Live);
        Expr scale = 1;
        if (live)
        {
            var raw = Scalar("lent by own terms, all debt", Fn.Total(_raw));
            scale = Scalar(
                "cut by the gearing cap to",
                Fn.If(
                    raw > _x.Terms.GearingCap * _o.WriteOffs.Capital.SumAll(),
                    _x.Terms.GearingCap * _o.WriteOffs.Capital.SumAll() / Guard(raw),
                    1
                ),
                Look.Percent
            );
        }
        foreach (var c in Tranches)
        {
            c.Lent = Scalar(
                $"{c.Terms.Name}: lent, in use",
                live
                    ? Fn.If(c.Terms.Hold.Is(1), c.Contracted, _raw[c.Index] * scale)
                    : c.Contracted,
                Look.Money,
                $"debt{c.Index + 1}_lent"
            );
            if (live)
            {
                c.LiveSize = _raw[c.Index] * scale;
                Check(c, c.LiveSize!.Value);
            }
        }
    }

    private void Check(Contract c, Expr size)
    {
        var row = _sheet.Next++;
        _sheet.Put(
            row,
            1,
            $"check, {c.Terms.Name}: size that the terms give now less the size solved at signing"
        );
        _sheet.Put(row, 2, _x.Currency, Look.Note);
        var cell = _sheet.Put(row, 3, size - c.Contracted, Look.Check);
        _x.Book.Checks.Add(
            (
                $"{c.Terms.Name}: size as the terms give it now, less the size solved at signing",
                cell
            )
        );
    }

    private Expr Most(Contract c)
    {
        var t = c.Terms;
        var given = t.Within(Fn.If(t.Amount > 0, t.Amount, t.Gearing * c.FundedSum));
        return t.Given.Repayment == Repayment.Sculpted
            ? Fn.If(t.Open, t.Within(c.SculptedSize!.Value), Fn.Min(given, c.SculptedSize!.Value))
            : given;
    }

    /// <summary>What the terms imply given the debt in use, for debt whose size depends on itself.</summary>
    /// <param name="afterTax">Cash available for debt service, after income tax.</param>
    public void Implied(Line afterTax)
    {
        // A sculpted tranche that is paid rarely is sized on sums between payments: no formula here solves it.
        if (
            Tranches.All(c => c.Terms.Live)
            || Tranches.Any(c =>
                c.Terms.Given.Repayment == Repayment.Sculpted && c.Terms.Instruments.PaysRarely
            )
        )
        {
            return;
        }
        new ImpliedSizes(_x, _sheet, this, _o, afterTax).Write(Check);
    }

    /// <summary>Cash over the target cover less the service of debt before it, and the largest debt that carries.</summary>
    /// <param name="c">The tranche.</param>
    /// <param name="before">Tranches before it.</param>
    /// <param name="cash">Cash it is sculpted on; operating cash when null.</param>
    internal void Sculpt(Contract c, IReadOnlyList<Contract> before, Line? cash = null)
    {
        var t = c.Terms;
        var time = _x.Book.Time;
        cash ??= _o.OperatingCash;
        var within = Row(
                $"{t.Name}: group of months over which cash is levelled",
                Look.Whole,
                "number"
            )
            .Fill(m =>
                Fn.If(
                    Fn.And(time.Index[m] >= c.First, time.Index[m] < c.First + t.Tenor),
                    Fn.Int((time.Index[m] - c.First) / Fn.Max(1, t.SculptEvery)),
                    -1
                )
            );
        var level = Row($"{t.Name}: cash, levelled")
            .Fill(m => Fn.If(within[m] >= 0, Level(cash, within, m), 0));
        var share = Row($"{t.Name}: share of revenue under contracts", Look.Percent, "share")
            .Fill(m => Fn.If(_o.Revenue[m] > 0, _o.Contracted[m] / Guard(_o.Revenue[m]), 0));
        var merchant = Fn.If(t.MerchantTarget > 0, t.MerchantTarget, t.Target);
        c.SculptService = Row($"{t.Name}: debt service that cash carries")
            .Fill(m =>
                Fn.If(
                    within[m] >= 0,
                    (level[m] * ((share[m] / t.Target) + ((1 - share[m]) / merchant)))
                        - Fn.Total(before.Select(b => b.Service[m])),
                    0
                )
            );
        c.SculptValue = Row($"{t.Name}: value of the service to come, at the month's start");
        for (var m = _x.Count - 1; m >= 0; m--)
        {
            c.SculptValue.Set(
                m,
                (
                    (m == _x.Count - 1 ? Beyond(c.SculptValue) : c.SculptValue[m + 1])
                    + c.SculptService[m]
                ) / (1 + c.Rate[m])
            );
        }
        var growth = Row(
            $"{t.Name}: one unit lent with interest before the first payment",
            Look.Number,
            ""
        );
        Expr Unit(int m) => m == 0 && c.StandingShare is { } stands ? stands : growth[m - 1];
        for (var m = 0; m < _x.Count; m++)
        {
            growth.Set(
                m,
                Fn.If(time.Index[m] < c.First, (Unit(m) * (1 + c.Rate[m])) + c.UnitDraw(m), Unit(m))
            );
        }
        var late = Row($"{t.Name}: drawn of one unit lent while it is repaid", Look.Number, "")
            .Fill(m =>
                Fn.If(
                    Fn.And(
                        time.Index[m] >= c.First,
                        time.Index[m] < c.First + t.Tenor - 1,
                        time.Last[m].Is(0)
                    ),
                    c.UnitDraw(m),
                    0
                )
            );
        c.SculptDraws = Row(
            $"{t.Name}: value of those draws to come, at the month's start",
            Look.Number,
            ""
        );
        for (var m = _x.Count - 1; m >= 0; m--)
        {
            c.SculptDraws.Set(
                m,
                ((m == _x.Count - 1 ? Beyond(c.SculptDraws) : c.SculptDraws[m + 1]) + late[m])
                    / (1 + c.Rate[m])
            );
        }
        var carried = Row($"{t.Name}: largest debt whose draws from this month on cash carries")
            .Fill(m =>
                Fn.If(
                    late[m] > 0,
                    (m == _x.Count - 1 ? Beyond(c.SculptValue) : c.SculptValue[m + 1])
                        / DebtSheet.Guard(
                            late[m]
                                + (m == _x.Count - 1 ? Beyond(c.SculptDraws) : c.SculptDraws[m + 1])
                        ),
                    Expr.Blank
                )
            );
        var least = carried.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        var ofDraws = new Expr(
            $"IF(COUNT({carried.All})=0,1E+30,MIN({carried.All}))",
            double.IsNaN(least) ? 1e30 : least,
            9
        );
        var opening = growth[_x.Count - 1];
        c.SculptedSize = Scalar(
            $"{t.Name}: largest debt that cash carries",
            Fn.Max(
                0,
                Fn.Min(
                    ofDraws,
                    Fn.If(
                        opening > 0,
                        c.SculptValue.At(c.First + 1)
                            / DebtSheet.Guard(opening + c.SculptDraws.At(c.First + 1)),
                        ofDraws
                    )
                )
            )
        );
    }

    private Expr Level(Line cash, Line group, int m)
    {
        double sum = 0,
            count = 0;
        for (var k = 0; k < _x.Count; k++)
        {
            if (group.Values[k] == group.Values[m])
            {
                sum += cash.Values[k];
                count++;
            }
        }
        return new Expr($"AVERAGEIFS({cash.All},{group.All},{group[m].Text})", sum / count, 9);
    }

    /// <summary>The empty cell behind the last month.</summary>
    private Expr Beyond(Line line) => _sheet.Along(line.Row, Sheet.FirstMonthColumn + _x.Count, 0);

    /// <summary>The same reference with a value that can be divided by; the formula guards it.</summary>
    internal static Expr Guard(Expr a) => a.Value == 0 ? a with { Value = 1 } : a;
}
