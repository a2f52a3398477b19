using Plimsoll.Contracts;
using Plimsoll.Decisions.Lending;

namespace Plimsoll.Studies.Memos;

internal sealed partial class MemoPage
{
    private MemoBlock Contracts()
    {
        if (_plan.Leases.Count == 0)
        {
            return new MemoBlock("Contracts")
            {
                Sentences = ["No contract is signed: every hour has still to be sold."],
            };
        }
        var terms = _plan.Leases.Select(l => l.Terms.Terms).ToList();
        var stated = terms.Select(Stated).ToList();
        var all = stated.Sum() + Unsigned();
        return new MemoBlock("Contracts")
        {
            Columns =
            [
                "tenant",
                "class",
                "guarantor",
                "GPUs",
                "price an hour",
                "months left",
                "after the last payment",
                "take-or-pay",
                "prepaid",
                "in arrears",
                "exit",
                "fails within",
                "of all revenue",
            ],
            Rows =
            [
                .. terms.Select(
                    (t, i) =>
                        (IReadOnlyList<MemoCell>)
                            [
                                t.Tenant.Name,
                                t.Tenant.ClassWord,
                                t.Tenant.Guarantor is { } g ? $"{g.Name} ({g.ClassWord})" : "none",
                                MemoFigures.Count(t.Accelerators),
                                MemoFigures.Amount(t.PricePerGpuHour),
                                MemoFigures.Count(Left(t)),
                                _loan is { } loan
                                    ? MemoFigures.Count(End(t) - 1 - loan.Whole.Loan.MaturityMonth)
                                    : "no loan",
                                MemoFigures.Share(t.TakeOrPayShare),
                                t.PrepaidMonths > 0
                                    ? MemoFigures.Count(t.PrepaidMonths)
                                    : "nothing",
                                t.Arrears > 0 ? _figures.Money(t.Arrears) : "nothing",
                                t.Exit is { } exit
                                    ? $"after {exit.AfterMonths} months for {exit.FeeMonths:0.#} of rent"
                                    : "none",
                                MemoFigures.Odds(CounterpartyOdds.Of(t.Tenant).Within(Left(t))),
                                MemoFigures.Share(all > 0 ? stated[i] / all : double.NaN),
                            ]
                ),
            ],
            Note =
                $"Months left count from the start of the contract or, where it runs, from now. After the last payment: months of contract beyond the loan's maturity, below 0 where the loan outlasts it. Fails within: odds over the months left that the tenant and who stands behind it fail. Of all revenue: rent as contracted until the horizon, beside what is sold without a contract in the middle draw. {Tail()}",
        };
    }

    /// <summary>Month (from 0) after the last of a contract.</summary>
    private int End(LeaseTerms t) =>
        (t.MonthsRun > 0 ? 0 : Math.Max(t.StartMonth, _plan.LastOnline)) + Left(t);

    private static int Left(LeaseTerms t) => Math.Max(0, t.TenorMonths - t.MonthsRun);

    /// <summary>Rent as contracted until the horizon, whatever befalls the tenant; money.</summary>
    private double Stated(LeaseTerms t)
    {
        var outlook = _median.Case.Outlook.Physical;
        var end = Math.Min(End(t), outlook.Months);
        var rent = 0.0;
        for (var m = Math.Max(0, End(t) - Left(t)); m < end; m++)
        {
            var month = m - (End(t) - Left(t)) + t.MonthsRun;
            rent += t.Accelerators * outlook.Hours(m) * t.PriceAt(month) * t.TakeOrPayShare;
        }
        return rent;
    }

    /// <summary>Revenue of the middle draw from others than those who signed.</summary>
    private double Unsigned()
    {
        var outlook = _median.Case.Outlook.Physical;
        return Math.Max(
            0,
            Enumerable.Range(0, outlook.Months).Sum(outlook.Revenue)
                - outlook
                    .Leases.Where(l => l.Signed)
                    .Sum(l => ContractedOutlook.Due(outlook, l).Sum())
        );
    }

    /// <summary>What contracts pay after maturity, against a balloon.</summary>
    private string Tail()
    {
        if (_loan is not { } loan || loan.Whole.Loan.MaturityMonth >= Cash.Months)
        {
            return "";
        }
        var outlook = _median.Case.Outlook.Physical;
        var left = Takeout.ContractsLeft(
            outlook,
            loan.Whole.Loan.MaturityMonth,
            loan.Whole.Loan.Rate
        );
        var balloon = Middle(loan.Whole, loan.Whole.Balloon);
        return balloon > 0
            ? $"Contract tail: what contracts pay after maturity, less running cost and at the loan's rate, covers the balloon {MemoFigures.Times(left / balloon).Text} in the middle draw."
            : $"Contract tail: {_figures.Money(left).Text} after maturity, less running cost and at the loan's rate, in the middle draw.";
    }
}
