using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>Reads section <c>finance</c> of a study: its one loan or its list of tranches, and every other term but capital cost and tax.</summary>
public static class StudyDebt
{
    /// <summary>Keys of the section that describe its one loan; beside a list of tranches they would say a thing twice.</summary>
    private static readonly string[] _oneLoan =
    [
        "gearing",
        "existing_debt",
        "arrears",
        "base_rate",
        "forward_rates",
        "margin",
        "tenor",
        "maturity",
        "repayment",
        "front_share",
        "front_months",
        "upfront_fee",
        "commitment_fee",
        "sweep",
        "prorata_prepayment",
    ];

    /// <summary>True of a key that describes the section's one loan.</summary>
    /// <param name="path">Path of the key.</param>
    internal static bool IsOfOneLoan(string path) =>
        path.StartsWith("finance.", StringComparison.Ordinal)
        && _oneLoan.Contains(path["finance.".Length..], StringComparer.Ordinal);

    /// <summary>The tranches of the section, most senior first; empty when nothing is lent.</summary>
    /// <param name="values">The file.</param>
    /// <param name="lastOnline">Month (from 0) in which the last fleet comes.</param>
    /// <param name="unpaid">Service that the months to date leave unpaid: arrears where the file states none; they fall on the most junior.</param>
    public static IReadOnlyList<DebtTranche> Tranches(
        InputValues values,
        int lastOnline,
        double unpaid
    )
    {
        var f = values.Section("finance");
        var tranches = Tranches(values, lastOnline);
        return
            unpaid <= 0
            || tranches.Count == 0
            || f.Has("arrears")
            || f.Items("debt").Any(d => d.Has("arrears"))
            ? tranches
            : [.. tranches.SkipLast(1), tranches[^1] with { Arrears = unpaid }];
    }

    /// <summary>The tranches of the section as the file states them, most senior first; empty when nothing is lent.</summary>
    /// <param name="values">The file.</param>
    /// <param name="lastOnline">Month (from 0) in which the last fleet comes.</param>
    public static IReadOnlyList<DebtTranche> Tranches(InputValues values, int lastOnline)
    {
        var f = values.Section("finance");
        var debt = f.Items("debt");
        if (debt.Count == 0)
        {
            var loan = Loan(values, lastOnline);
            if (
                values.Text("question") == "construction"
                && (loan.Amount > 0 || values.Number("construction.undrawn") > 0)
            )
            {
                // What is drawn of a loan for building, and what is still to draw, is served when the centre earns.
                return
                [
                    loan with
                    {
                        Gearing = 0,
                        FirstPaymentMonth = lastOnline + f.Integer("grace"),
                        CommitmentFee = f.Number("commitment_fee"),
                    },
                ];
            }
            return loan.Amount > 0 || loan.Gearing > 0 ? [loan] : [];
        }
        var first = values.Text("question") == "owner" ? 0 : lastOnline + f.Integer("grace");
        return
        [
            .. DebtTermsReader
                .Tranches(f)
                .Select(
                    (t, i) =>
                        OnDelivery(
                            debt[i].Has("first_payment") ? t : t with { FirstPaymentMonth = first },
                            debt[i].Has("first_payment"),
                            lastOnline
                        )
                ),
        ];
    }

    /// <summary>
    /// A borrowing base has no room before the machines are there, and fleets are paid for in the month before they come: what waits for the
    /// base is drawn on delivery, and equity bridges the month.
    /// </summary>
    private static DebtTranche OnDelivery(DebtTranche t, bool dated, int lastOnline) =>
        t.BorrowingBaseAdvance <= 0 || t.Draw == DrawRule.AfterAcceptance || lastOnline <= 0
            ? t
            : t with
            {
                Draw = DrawRule.ProRata,
                AcceptanceMonths = Math.Max(1, t.AcceptanceMonths),
                FirstPaymentMonth = dated
                    ? t.FirstPaymentMonth
                    : Math.Max(t.FirstPaymentMonth, lastOnline + Math.Max(1, t.AcceptanceMonths)),
            };

    /// <summary>What contradicts itself in the section, placed where the file states it.</summary>
    /// <param name="values">The file.</param>
    /// <param name="terms">Its terms, tranches and capital costs included; the costs named as fleets are.</param>
    public static IEnumerable<Finding> Check(InputValues values, FinanceTerms terms)
    {
        var f = values.Section("finance");
        var debt = f.Items("debt");
        if (debt.Count > 0)
        {
            foreach (var key in _oneLoan.Where(f.Has))
            {
                yield return new Finding(
                    f.Path.Key(key),
                    "contradiction",
                    $"'{key}' of one loan beside a list of tranches",
                    "one of the two",
                    "Write it in a row of 'finance.debt', or take the list out."
                );
            }
        }
        foreach (var finding in debt.SelectMany(TermRelations.Of))
        {
            yield return finding;
        }
        if (f.Says("base_rate") && f.Items("forward_rates").Count > 0)
        {
            yield return TermRelations.Both(f.Path.Key("base_rate"), "base_rate", "forward_rates");
        }
        foreach (var key in new[] { "front_share", "front_months" })
        {
            if (f.Says(key) && f.Text("repayment") != "instalments")
            {
                yield return TermRelations.Alone(
                    f,
                    key,
                    "'repayment: instalments'",
                    "Write 'repayment: instalments'"
                );
            }
        }
        if (f.Number("grant") > 0 && f.Items("grants").Count > 0)
        {
            yield return TermRelations.Both(f.Path.Key("grant"), "grant", "grants");
        }
        if (
            f.Text("repayment") == "instalments"
            && f.NumberOrNull("tenor") is { } tenor
            && f.NumberOrNull("front_months") is { } front
            && f.Has("front_months")
            && front > tenor
        )
        {
            yield return new Finding(
                f.Path.Key("front_months"),
                "months-do-not-add-up",
                $"{front}",
                $"at most {tenor}",
                "The schedule lies within the tenor."
            );
        }
        if (
            f.NumberOrNull("power.exit_after") is { } leaves
            && f.Number("power.term") is var term
            && leaves >= term
        )
        {
            yield return new Finding(
                f.Path.Key("power").Key("exit_after"),
                "beyond-the-term",
                $"{leaves} months of a contract of {term}",
                $"fewer than {term} months",
                "Correct this figure or the tenor: it lies outside the contract."
            );
        }
        for (var i = 0; i < debt.Count && i < terms.Tranches.Count; i++)
        {
            if (
                LoanDraws.RateMissing(
                    terms,
                    terms.Tranches[i],
                    debt[i].Path,
                    values.Text("question") == "owner"
                ) is
                { } missing
            )
            {
                yield return missing;
            }
        }
        if (
            TermRelations.LockUpBelowCovenant(
                f.Path.Key("lock_up"),
                f,
                "lock_up",
                values,
                "decision.covenant_dscr"
            ) is
            { } below
        )
        {
            yield return below;
        }
        if (LimitsNothing(values) is { } idle)
        {
            yield return idle;
        }
        if (TermRelations.DownsideAboveTarget(values.Section("decision")) is { } crossed)
        {
            yield return crossed;
        }
        foreach (var finding in MoreThanIsLent(values, terms))
        {
            yield return finding;
        }
        foreach (var finding in FinanceCheck.Of(terms))
        {
            var at = finding.Path.Text;
            yield return finding with
            {
                Path = new InputPath(
                    at.StartsWith("tranches", StringComparison.Ordinal)
                        ? debt.Count > 0
                            ? $"finance.debt{at["tranches".Length..]}"
                            : "finance"
                        : at.StartsWith("terms.", StringComparison.Ordinal)
                            ? $"finance.{at["terms.".Length..]}"
                            : at.StartsWith("tax.", StringComparison.Ordinal)
                                ? $"finance.tax_terms.{at["tax.".Length..]}"
                                : $"finance.{at}"
                ),
            };
        }
    }

    /// <summary>Warns where a limit is stated that the question does not test: a lender's loan is priced by its expected loss and the charge on its tail.</summary>
    private static Finding? LimitsNothing(InputValues values) =>
        values.Text("question") == "lender" && values.Section("decision").Says("risk_margin")
            ? new Finding(
                new InputPath("decision.risk_margin"),
                "without-effect",
                "'risk_margin' in a lender's study",
                "'tail_charge' or 'margin_floor', which price a lender's loan",
                "Leave it out: it limits the expected loss where an owner or a sponsor asks, and moves nothing here."
            )
            {
                IsWarning = true,
            }
            : null;

    /// <summary>Warns where amounts are asked of which the gearing cap lends a part alone.</summary>
    private static IEnumerable<Finding> MoreThanIsLent(InputValues values, FinanceTerms terms)
    {
        var asked = terms.Tranches.Where(t => t.Repayment != Repayment.Sculpted).Sum(t => t.Amount);
        var most = terms.GearingCap * terms.TotalCapitalCost;
        if (
            values.Text("question") is not ("lender" or "sponsor")
            || values.Number("finance.existing_debt") > 0
            || terms.GearingBase != GearingBase.CapitalCost
            || asked <= most * (1 + 1e-9)
        )
        {
            yield break;
        }
        yield return new Finding(
            new InputPath("finance.debt[0].amount"),
            "more-than-is-lent",
            $"{asked / terms.TotalCapitalCost:0 %} of what the centre costs",
            $"at most {terms.GearingCap:0 %}, the cap on gearing",
            "What is above is not lent: ask for less, or raise 'gearing_cap'."
        )
        {
            IsWarning = true,
        };
    }

    /// <summary>Months from the first payment to the last; of debt outstanding whose maturity is stated, up to that month.</summary>
    private static int Tenor(InputValues values, int firstPayment)
    {
        var f = values.Section("finance");
        return f.MonthOrNull("maturity") is { } last
            ? Math.Max(1, last - (values.Month("decided") + 1 + firstPayment) + 1)
            : f.Integer("tenor");
    }

    /// <summary>The path of the base rate; until its first step the rate of the day holds.</summary>
    private static List<RateStep> Path(InputValues f)
    {
        List<RateStep> steps =
        [
            .. f.Items("forward_rates")
                .Select(r => new RateStep(r.Integer("from"), r.Number("rate"))),
        ];
        return steps.Count > 0 && steps.TrueForAll(s => s.FromMonth > 0)
            ? [new RateStep(0, f.Number("base_rate")), .. steps]
            : steps;
    }

    private static DebtTranche Loan(InputValues values, int lastOnline)
    {
        var f = values.Section("finance");
        var existing = f.Number("existing_debt");
        var tenor = Tenor(
            values,
            values.Text("question") != "construction" && existing > 0
                ? 0
                : lastOnline + f.Integer("grace")
        );
        var front = Math.Min(tenor, f.Integer("front_months"));
        var share = front == tenor ? 1 : f.Number("front_share");
        return new DebtTranche
        {
            Name = "senior loan",
            Amount = existing,
            Arrears = f.Number("arrears"),
            Gearing = existing > 0 ? 0 : f.Number("gearing"),
            Repayment = f.Text("repayment") switch
            {
                "bullet" => Repayment.Bullet,
                "instalments" => Repayment.Instalments,
                _ => Repayment.Annuity,
            },
            Instalments =
                front == tenor
                    ? [new InstalmentSpan(1, tenor)]
                    :
                    [
                        new InstalmentSpan(share, front),
                        new InstalmentSpan(1 - share, tenor - front),
                    ],
            TenorMonths = tenor,
            FirstPaymentMonth = existing > 0 ? 0 : lastOnline + f.Integer("grace"),
            BaseRate = f.Number("base_rate"),
            BaseRates = Path(f),
            Margin = f.Number("margin"),
            BaseFloor = -1,
            UpfrontFee = existing > 0 ? 0 : f.Number("upfront_fee"),
            CommitmentFee = existing > 0 ? 0 : f.Number("commitment_fee"),
            SweepShare = f.Number("sweep"),
            ProRataPrepayment = f.Flag("prorata_prepayment"),
        };
    }

    /// <summary>Every term but capital cost, debt and tax.</summary>
    /// <param name="values">The file.</param>
    /// <param name="currency">The study's currency.</param>
    /// <param name="lastOnline">Month (from 0) in which the last fleet comes.</param>
    public static FinanceTerms Terms(InputValues values, Currency currency, int lastOnline)
    {
        var f = values.Section("finance");
        var grant = f.Number("grant");
        var terms = new FinanceTerms
        {
            Currency = currency,
            CapitalCosts = [],
            Grants =
                grant > 0
                    ?
                    [
                        new Grant(
                            lastOnline,
                            grant,
                            f.Number("grant_fill_test") > 0 ? 1 : 0,
                            f.Number("grant_fill_test"),
                            lastOnline + 24
                        ),
                    ]
                    : [],
            Power = f.Has("power") ? Power(f, lastOnline) : null,
        };
        return DebtTermsReader.Support(f, DebtTermsReader.Accounts(f, terms));
    }

    private static TakeOrPayPower Power(InputValues f, int lastOnline) =>
        new(
            f.Number("power.contract_kw"),
            f.Number("power.minimum_share"),
            f.Integer("power.ramp"),
            lastOnline,
            f.Integer("power.term"),
            f.Number("power.price_per_kwh"),
            f.NumberOrNull("power.exit_after") is { } exit ? lastOnline + (int)exit : int.MaxValue,
            f.Number("power.exit_fee")
        );
}
