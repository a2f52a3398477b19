using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Terms of one tranche as named assumptions.</summary>
internal sealed class TrancheTerms
{
    /// <summary>Writes them.</summary>
    /// <param name="s">Assumptions.</param>
    /// <param name="t">The tranche.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="calendar">True when day counts follow the calendar.</param>
    /// <param name="hold">True when it was sized on another case than this.</param>
    /// <param name="live">True when its size and schedule can be solved by formulas without a circle.</param>
    public TrancheTerms(Scalars s, DebtTranche t, int index, bool calendar, bool live, bool hold)
    {
        (Name, Given, Live) = (t.Name, t, live);
        var n = $"debt{index + 1}_";
        s.Heading($"Debt {index + 1}: {t.Name}");
        Amount = s.Add(
            n + "amount",
            "amount",
            t.Amount,
            "money, 0 = by gearing",
            look: Look.InputMoney
        );
        Gearing = s.Add(
            n + "gearing",
            "gearing",
            t.Gearing,
            "share of what it funds",
            look: Look.InputPercent
        );
        Committed = s.Add(
            n + "committed",
            "commitment, the most that is lent",
            t.Commitment,
            "money, 0 = none",
            look: Look.InputMoney
        );
        AfterAcceptance = s.Add(
            n + "draw_rule",
            "drawn",
            (int)t.Draw,
            "0 pro rata, 1 equity first, 2 after acceptance"
        );
        Acceptance = s.Add(
            n + "acceptance",
            "from delivery to acceptance",
            t.AcceptanceMonths,
            "months"
        );
        Repayment = s.Add(
            n + "repayment",
            "repaid by",
            (int)t.Repayment,
            "0 annuity, 1 bullet, 2 instalments, 3 sculpted",
            "The kind is built into the formulas of its schedule; do not change it here."
        );
        Tenor = s.Add(n + "tenor", "tenor", t.TenorMonths, "months from the first payment");
        FirstPayment = s.Add(
            n + "first_payment",
            "first payment",
            t.FirstPaymentMonth,
            "month, from 0"
        );
        InterestOnly = s.Add(
            n + "interest_only",
            "interest alone before principal",
            t.InterestOnlyMonths,
            "months, draws after acceptance"
        );
        BaseRate = s.Add(
            n + "base_rate",
            "base rate",
            t.BaseRate,
            "a year",
            t.BaseRates.Count > 0 ? "Not used: the path below holds." : "",
            Look.InputPercent
        );
        Margin = s.Add(
            n + "margin",
            "margin in force",
            t.MarginInForce,
            "a year",
            look: Look.InputPercent
        );
        Floor = s.Add(
            n + "base_floor",
            "floor of the base rate",
            t.BaseFloor,
            "a year",
            look: Look.InputPercent
        );
        Hedged = s.Add(
            n + "hedged",
            "share swapped",
            t.HedgedShare,
            "share",
            look: Look.InputPercent
        );
        Swap = s.Add(
            n + "swap_rate",
            "swap rate",
            t.SwapRate ?? 0,
            "a year",
            look: Look.InputPercent
        );
        DayCount = s.Add(
            n + "day_count",
            "day count",
            calendar ? (int)t.DayCount : 0,
            "0 30/360, 1 actual/360, 2 actual/365, 3 actual/actual"
        );
        Upfront = s.Add(
            n + "upfront_fee",
            "up-front fee",
            t.UpfrontFee,
            "share",
            look: Look.InputPercent
        );
        Commitment = s.Add(
            n + "commitment_fee",
            "commitment fee",
            t.CommitmentFee,
            "a year on what is not drawn",
            look: Look.InputPercent
        );
        Target = s.Add(n + "target_cover", "target cover", t.TargetCover, "times, sculpted debt");
        MerchantTarget = s.Add(
            n + "merchant_cover",
            "target cover on merchant cash",
            t.MerchantTargetCover,
            "times, 0 = the same"
        );
        SculptEvery = s.Add(
            n + "sculpt_every",
            "cash is levelled over",
            t.SculptEveryMonths,
            "months"
        );
        Arrears = s.Add(
            n + "arrears",
            "service due before the outlook and not paid",
            t.Arrears,
            "money",
            look: Look.InputMoney
        );
        Sweep = s.Add(
            n + "sweep",
            "cash sweep",
            t.SweepShare,
            "share of free cash",
            look: Look.InputPercent
        );
        SweepOnLoss = s.Switch(
            n + "sweep_on_loss",
            "all free cash repays once a contract is lost",
            t.SweepOnContractLoss
        );
        PrepayOnLoss = s.Switch(
            n + "prepay_on_loss",
            "a lost contract makes its share due",
            t.PrepayOnContractLoss
        );
        BorrowingBase = s.Add(
            n + "borrowing_base",
            "largest balance over second-hand value",
            t.BorrowingBaseAdvance,
            "share, 0 = none",
            look: Look.InputPercent
        );
        ProRataPrepay = s.Switch(
            n + "prorata_prepayment",
            "early repayment shortens every later instalment",
            t.ProRataPrepayment
        );
        Instruments = new TrancheInstruments(s, t, n);
        Hold = live
            ? s.Switch(
                n + "hold",
                "hold the debt as contracted",
                hold,
                "1 keeps the solved draws and schedule whatever changes; 0 solves them anew."
            )
            : s.Add(
                n + "hold",
                "hold the debt as contracted",
                1,
                "always",
                "Its size depends on itself (fees, reserve or tax), so the engine solved it; the check cell shows how far changes have moved it."
            );
        Spans = Steps(
            s,
            $"Instalments of {t.Name}",
            "share",
            "months",
            [.. t.Instalments.Select(x => (x.Share, (double)x.Months))]
        );
        Rates = Steps(
            s,
            $"Path of the base rate of {t.Name}",
            "from month",
            "rate",
            [.. t.BaseRates.OrderBy(x => x.FromMonth).Select(x => ((double)x.FromMonth, x.Rate))]
        );
    }

    public string Name { get; }
    public DebtTranche Given { get; }

    /// <summary>True when it can be solved by formulas.</summary>
    public bool Live { get; }
    public Expr Amount { get; }
    public Expr Gearing { get; }
    public Expr Committed { get; }

    /// <summary>What is lent of a sum that the terms give: at most the commitment.</summary>
    public Expr Within(Expr given) => Fn.If(Committed > 0, Fn.Min(given, Committed), given);

    /// <summary>True where neither an amount nor a gearing limits what cash would carry.</summary>
    public Expr Open => Fn.And(Amount <= 0, Gearing <= 0);
    public Expr AfterAcceptance { get; }
    public Expr Acceptance { get; }
    public Expr Repayment { get; }
    public Expr Tenor { get; }
    public Expr FirstPayment { get; }
    public Expr InterestOnly { get; }
    public Expr BaseRate { get; }
    public Expr Margin { get; }
    public Expr Floor { get; }
    public Expr Hedged { get; }
    public Expr Swap { get; }
    public Expr DayCount { get; }
    public Expr Upfront { get; }
    public Expr Commitment { get; }
    public Expr Target { get; }
    public Expr MerchantTarget { get; }
    public Expr SculptEvery { get; }
    public Expr Arrears { get; }
    public Expr Sweep { get; }
    public Expr SweepOnLoss { get; }
    public Expr PrepayOnLoss { get; }
    public Expr BorrowingBase { get; }
    public Expr ProRataPrepay { get; }

    /// <summary>Terms of instruments beside the plain loan.</summary>
    public TrancheInstruments Instruments { get; }
    public Expr Hold { get; }
    public (Column First, Column Second)? Spans { get; }
    public (Column First, Column Second)? Rates { get; }

    /// <summary>Base rate of a month before floor and hedge.</summary>
    public Expr BaseAt(Expr month)
    {
        if (Rates is not { } path)
        {
            return BaseRate;
        }
        var at = 0;
        for (var i = 0; i < path.First.Count; i++)
        {
            at = path.First.Values[i] <= month.Value ? i : at;
        }
        return new Expr(
            $"LOOKUP(MAX({month.Text},INDEX({path.First.All},1)),{path.First.All},{path.Second.All})",
            path.Second.Values[at],
            9
        );
    }

    /// <summary>Share of principal due in an instalment.</summary>
    /// <param name="number">From 0.</param>
    public Expr SpanAt(Expr number)
    {
        if (Spans is not { } spans)
        {
            return 0;
        }
        var text = new List<string>();
        double value = 0,
            from = 0;
        for (var i = 0; i < spans.First.Count; i++)
        {
            var before =
                i == 0
                    ? "0"
                    : string.Join("+", Enumerable.Range(0, i).Select(k => spans.Second[k].Text));
            text.Add(
                $"IF(AND({number.Text}>={before},{number.Text}<{before}+{spans.Second[i].Text}),{spans.First[i].Text}/{spans.Second[i].Text},0)"
            );
            value +=
                number.Value >= from && number.Value < from + spans.Second.Values[i]
                    ? spans.First.Values[i] / spans.Second.Values[i]
                    : 0;
            from += spans.Second.Values[i];
        }
        return new Expr(string.Join("+", text), value, 5);
    }

    private static (Column, Column)? Steps(
        Scalars s,
        string title,
        string one,
        string two,
        IReadOnlyList<(double, double)> rows
    )
    {
        if (rows.Count == 0)
        {
            return null;
        }
        var first = s.Table(title, ["step", one, two], rows.Count);
        var (a, b) = (
            new Column(s.Tables, 2, first, rows.Count),
            new Column(s.Tables, 3, first, rows.Count)
        );
        for (var i = 0; i < rows.Count; i++)
        {
            s.Tables.Put(first + i, 1, $"{i + 1}");
            a.Enter(i, rows[i].Item1);
            b.Enter(i, rows[i].Item2);
        }
        return (a, b);
    }
}
