using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>Finds what contradicts itself in instruments beside the plain loan.</summary>
internal static class InstrumentCheck
{
    /// <summary>Findings of one tranche.</summary>
    /// <param name="t">The tranche.</param>
    /// <param name="at">Where it stands.</param>
    public static IEnumerable<Finding> Of(DebtTranche t, string at)
    {
        if (t.Cap is { } cap)
        {
            if (cap.Share <= 0)
            {
                yield return new Finding(
                    new InputPath($"{at}.cap_share"),
                    "cap-without-share",
                    "a cap on none of the loan",
                    "the share that is capped",
                    "Say which share of the tranche is capped, or take the cap out."
                );
            }
            else if (double.IsNaN(cap.Cap))
            {
                yield return new Finding(
                    new InputPath($"{at}.cap_share"),
                    "cap-without-rate",
                    $"{cap.Share} capped",
                    "a cap rate",
                    "Say at which base rate the share is capped, or take the share out."
                );
            }
            if (t.HedgedShare + cap.Share > 1 + 1e-12)
            {
                yield return new Finding(
                    new InputPath($"{at}.cap_share"),
                    "contradiction",
                    $"{t.HedgedShare} swapped and {cap.Share} capped",
                    "at most 1 together",
                    "Swap or cap a part of the tranche once; a fixed rate needs no cap."
                );
            }
            if (cap.Floor > cap.Cap)
            {
                yield return new Finding(
                    new InputPath($"{at}.collar_floor"),
                    "contradiction",
                    $"a floor of {cap.Floor} above the cap",
                    $"at most {cap.Cap}",
                    "The floor of a collar lies below its cap."
                );
            }
        }
        if (t.PayInKind is { } kind && (kind.Months < 1 || kind.Months >= t.TenorMonths))
        {
            yield return new Finding(
                new InputPath($"{at}.pik_months"),
                "out-of-range",
                $"{kind.Months} months",
                $"from 1 to {t.TenorMonths - 1}, within the tenor",
                "Say for how many months interest joins the balance; a loan that pays nothing until its end is a bullet with a later first payment."
            );
        }
        if (t.PayInKind is not null && t.Repayment == Repayment.Sculpted)
        {
            yield return new Finding(
                new InputPath($"{at}.pik_share"),
                "contradiction",
                "sculpted, and interest that is not paid",
                "one of the two",
                "A sculpted service already follows the cash; take the pay-in-kind share out."
            );
        }
        if (t.Refinancing is { } again)
        {
            if (
                t.Repayment is not (Repayment.Annuity or Repayment.Bullet)
                || t.Draw == DrawRule.AfterAcceptance
            )
            {
                yield return new Finding(
                    new InputPath($"{at}.refinance_tenor"),
                    "contradiction",
                    $"refinancing of a loan by {FinanceWords.Of(t.Repayment)}, drawn {FinanceWords.Of(t.Draw)}",
                    "annuity or bullet, drawn before the first payment",
                    "Only these leave one balance at one date; take the refinancing out or change the repayment."
                );
            }
            if (again.AmortisationMonths > 0 && again.AmortisationMonths <= t.TenorMonths)
            {
                yield return new Finding(
                    new InputPath($"{at}.amortisation"),
                    "contradiction",
                    $"{again.AmortisationMonths} months",
                    $"more than the tenor of {t.TenorMonths}",
                    "Nothing would be left to lend anew; lengthen the amortisation or take the refinancing out."
                );
            }
            if (again.LoanToValue <= 0 && again.Cover <= 0)
            {
                yield return new Finding(
                    new InputPath($"{at}.refinance_tenor"),
                    "missing-key",
                    "a refinancing without limit",
                    "refinance_ltv, refinance_cover or both",
                    "Say what the market of that day lends on; without a limit it would lend on nothing."
                );
            }
        }
        if (t.PrepaymentCharge is { HedgeBreak: true } && t.HedgedShare <= 0)
        {
            yield return new Finding(
                new InputPath($"{at}.hedge_break"),
                "contradiction",
                "a hedge to break, and none made",
                "a swapped share",
                "Say which share is swapped at which rate, or take it out."
            );
        }
    }

    /// <summary>Findings of the terms of the whole centre.</summary>
    /// <param name="terms">The terms.</param>
    public static IEnumerable<Finding> Of(FinanceTerms terms)
    {
        if (terms.ReserveLetter is not null && terms.ReserveMonths == 0)
        {
            yield return new Finding(
                new InputPath("terms.letter_of_credit"),
                "contradiction",
                "a letter of credit for a reserve of 0 months",
                "a reserve",
                "Say how many months of service are reserved, or take the letter out."
            );
        }
        if (terms.Revolver is not null && terms.Tranches.Count == 0)
        {
            yield return new Finding(
                new InputPath("terms.revolver"),
                "contradiction",
                "a working-capital line and no debt",
                "a tranche of debt",
                "A line ranks ahead of debt; without any, equity pays what cash does not."
            );
        }
        if (terms.Tax is { LossesAsTheyArise: true, LossYears: < 99 })
        {
            yield return new Finding(
                new InputPath("tax.losses_as_they_arise"),
                "contradiction",
                $"losses used month by month that expire after {terms.Tax.LossYears} years",
                "no expiry",
                "Write 'loss_years: 99', or reckon losses by the year."
            );
        }
    }
}
