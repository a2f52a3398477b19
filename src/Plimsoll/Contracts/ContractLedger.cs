namespace Plimsoll.Contracts;

/// <summary>Applies the terms of a contract month by month; pure, so that market, finance and tests agree to the last bit.</summary>
/// <remarks>
/// Order within a month: delivery and start, end of term, operator, tenant's default, written rights, market pressure, rent, arrears of before the outlook.
/// A contract of take-or-pay 1 whose counterparty never fails and on which no written right is used bills
/// accelerators x hours x availability x agreed price in every month, whatever the market does; below that the tenant pays what it owes or what
/// it takes, whichever is more (<see cref="TakeOrPay"/>).
/// </remarks>
public static class ContractLedger
{
    /// <summary>Moves a contract through one month.</summary>
    /// <param name="terms">What it says.</param>
    /// <param name="run">What happens when the operator fails; null when it is not looked at.</param>
    /// <param name="fate">What was drawn.</param>
    /// <param name="month">What the month brings; months must come in order, without gaps.</param>
    /// <param name="state">Where it stands; <see cref="LeaseState.Unbegun"/> at first.</param>
    /// <returns>Money of the month.</returns>
    public static LeaseFlow Step(
        LeaseTerms terms,
        OperatorTerms? run,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state
    )
    {
        if (state.Ended != int.MaxValue)
        {
            return default;
        }
        var flow = Move(terms, run, fate, month, ref state);
        return terms.Arrears > 0 ? Collect(terms, ref state, flow) : flow;
    }

    private static LeaseFlow Move(
        LeaseTerms terms,
        OperatorTerms? run,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state
    )
    {
        var flow = new LeaseFlow();
        if (state.Began == int.MaxValue && !Begins(terms, fate, month, ref state, ref flow))
        {
            return flow;
        }
        if (
            EndsTerm(terms, month, ref state, ref flow)
            || OperatorGone(run, fate, month, ref state, ref flow)
            || TenantGone(terms, fate, month, ref state, ref flow)
            || RightUsed(terms, month, ref state, ref flow)
            || MarketMoved(terms, fate, month, ref state, ref flow)
        )
        {
            return flow;
        }
        Rent(terms, run, month, ref state, ref flow);
        return flow;
    }

    /// <summary>Takes the accelerators away: the contract ends, rent paid in advance is given back, rent of before the outlook is still owed and paid.</summary>
    /// <param name="terms">What it says.</param>
    /// <param name="month">Month of the outlook.</param>
    /// <param name="state">Where it stands.</param>
    public static LeaseFlow Withdraw(LeaseTerms terms, int month, ref LeaseState state)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var flow = new LeaseFlow();
        if (state.Ended == int.MaxValue)
        {
            End(month, LeaseEnd.Withdrawn, WrittenRight.None, ref state, ref flow);
            return terms.Arrears > 0 ? Collect(terms, ref state, flow) : flow;
        }
        return flow;
    }

    /// <summary>Rent of before the outlook: in equal parts while the contract runs, what is left of it at its end; of a tenant that fails or breaks the contract its recovery share.</summary>
    private static LeaseFlow Collect(LeaseTerms terms, ref LeaseState state, LeaseFlow flow)
    {
        var owed = terms.Arrears - state.ArrearsSettled;
        if (owed <= 0 || (state.Began == int.MaxValue && state.Ended == int.MaxValue))
        {
            return flow;
        }
        var ended = state.Ended != int.MaxValue;
        var settled = ended ? owed : Math.Min(owed, terms.Arrears / terms.ArrearsMonths);
        state.ArrearsSettled += settled;
        return flow with
        {
            ArrearsPaid =
                !ended ? settled
                : state.Reason == LeaseEnd.Breached ? settled * terms.Tenant.CollectedAtBreach
                : state.Reason == LeaseEnd.Defaulted ? settled * terms.Tenant.CollectedShare
                : settled,
        };
    }

    /// <summary>A whole contract over months that are known beforehand.</summary>
    /// <param name="terms">What it says.</param>
    /// <param name="run">What happens when the operator fails; null when it is not looked at.</param>
    /// <param name="fate">What was drawn.</param>
    /// <param name="months">Months of the outlook from 0, in order.</param>
    public static LeaseRun Run(
        LeaseTerms terms,
        OperatorTerms? run,
        in LeaseFate fate,
        ReadOnlySpan<LeaseMonth> months
    )
    {
        var state = LeaseState.Unbegun;
        var flows = new LeaseFlow[months.Length];
        for (var m = 0; m < months.Length; m++)
        {
            flows[m] = Step(terms, run, fate, months[m], ref state);
        }
        return new LeaseRun(terms, flows, state);
    }

    private static bool Begins(
        LeaseTerms terms,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        if (!fate.Tenant.Pays(month.Index))
        {
            End(month.Index, LeaseEnd.Defaulted, WrittenRight.None, ref state, ref flow);
            return false;
        }
        if (month.Delivered && month.Index >= terms.StartMonth)
        {
            // A tenant of the rent roll paid in advance before the outlook: that money is spent and no cash of it.
            var fresh = terms.MonthsRun == 0;
            state.Began = month.Index - terms.MonthsRun;
            state.TermEnd = state.Began + terms.TenorMonths;
            var rent = terms.Accelerators * month.Hours * terms.PriceAt(0);
            state.Unearned = fresh ? terms.PrepaidMonths * rent : 0;
            flow = flow with { Prepaid = state.Unearned };
            return true;
        }
        if (terms.Delivery is { } delivery && month.Index >= delivery.ReadyForService)
        {
            if (month.Index >= delivery.LongStop)
            {
                End(month.Index, LeaseEnd.RightUsed, WrittenRight.LongStop, ref state, ref flow);
                return false;
            }
            flow = flow with
            {
                DelayDamages =
                    delivery.DamagesShare * terms.Accelerators * month.Hours * terms.PriceAt(0),
            };
        }
        return false;
    }

    private static bool EndsTerm(
        LeaseTerms terms,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        if (month.Index < state.TermEnd)
        {
            return false;
        }
        if (
            terms.Extension is { } extension
            && !state.Extended
            && extension.Pays(Price(terms, month.Index - 1, state), month.MarketPrice)
        )
        {
            state.Extended = true;
            state.TermEnd += extension.Months;
            state.PriceFactor *= extension.PriceShare;
            return false;
        }
        End(month.Index, LeaseEnd.Expired, WrittenRight.None, ref state, ref flow);
        return true;
    }

    private static bool OperatorGone(
        OperatorTerms? run,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        if (run is null || state.SteppedIn || fate.Operator.Pays(month.Index))
        {
            return false;
        }
        // A contract that begins after the failure meets the new operator.
        if (fate.Operator.DefaultMonth < state.Began)
        {
            state.SteppedIn = run.StepIn;
            state.DarkUntil = fate.Operator.DefaultMonth + run.DarkMonths;
        }
        else if (run.StepIn && fate.Luck.Stay(fate.Operator.DefaultMonth) < run.TenantStays)
        {
            state.SteppedIn = true;
            state.DarkUntil = month.Index + run.DarkMonths;
        }
        if (state.SteppedIn)
        {
            return false;
        }
        End(month.Index, LeaseEnd.OperatorFailed, WrittenRight.None, ref state, ref flow);
        return true;
    }

    private static bool TenantGone(
        LeaseTerms terms,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        if (fate.Tenant.Pays(month.Index))
        {
            return false;
        }
        Claim(terms, month, terms.Tenant.CollectedShare, state, ref flow);
        End(month.Index, LeaseEnd.Defaulted, WrittenRight.None, ref state, ref flow);
        return true;
    }

    private static bool RightUsed(
        LeaseTerms terms,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        if (
            terms.Availability is { TerminateBelow: > 0 } promise
            && state.MonthsUnavailable >= promise.TerminateAfterMonths
        )
        {
            End(month.Index, LeaseEnd.RightUsed, WrittenRight.Unavailability, ref state, ref flow);
            return true;
        }
        var price = Price(terms, month.Index, state);
        if (
            terms.Exit is { } exit
            && month.Index - state.Began >= exit.AfterMonths
            && exit.Pays(price, month.MarketPrice, state.TermEnd - month.Index)
        )
        {
            flow = flow with
            {
                ExitFee = exit.FeeMonths * terms.Accelerators * month.Hours * price,
            };
            End(month.Index, LeaseEnd.RightUsed, WrittenRight.ConvenienceExit, ref state, ref flow);
            return true;
        }
        return false;
    }

    private static bool MarketMoved(
        LeaseTerms terms,
        in LeaseFate fate,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        var pressure = terms.Tenant.UnderPressure;
        var price = Price(terms, month.Index, state);
        if (pressure == MarketPressure.None || month.MarketPrice <= 0 || price <= month.MarketPrice)
        {
            return false;
        }
        var gap = Math.Log(price / month.MarketPrice);
        var luck = fate.Luck.Pressure(month.Index);
        var broken = pressure.BreachPerLog * gap;
        if (luck < broken)
        {
            Claim(terms, month, terms.Tenant.CollectedAtBreach, state, ref flow);
            End(month.Index, LeaseEnd.Breached, WrittenRight.None, ref state, ref flow);
            return true;
        }
        if (luck < broken + (pressure.RepricePerLog * gap))
        {
            state.PriceFactor *= Math.Exp(-0.5 * gap);
            flow = flow with { Repriced = true };
        }
        return false;
    }

    private static void Rent(
        LeaseTerms terms,
        OperatorTerms? run,
        in LeaseMonth month,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        var dark = month.Index < state.DarkUntil;
        var available = dark || !month.Delivered ? 0 : month.AvailableShare;
        var price = Price(terms, month.Index, state);
        var taken = TakeOrPay.Taken(terms.TakeOrPayShare, price, month);
        var hours = terms.Accelerators * month.Hours * available * taken;
        var rent = hours * price;
        var credits = terms.Availability is { } promise ? rent * promise.Credit(available) : 0;
        var due = rent - credits;
        var early = Math.Min(state.Unearned, due);
        state.Unearned -= early;
        // The dark months of a step-in are the replacement's grace: they do not count towards the tenant's right to leave.
        state.MonthsUnavailable =
            terms.Availability is { } bound && !dark && available < bound.TerminateBelow
                ? state.MonthsUnavailable + 1
                : 0;
        flow = flow with
        {
            Running = true,
            Price = price,
            Hours = hours,
            Due = due,
            Owed = taken > 0 ? due * Math.Min(1, terms.TakeOrPayShare / taken) : 0,
            TakenShare = taken,
            Credits = credits,
            FromPrepaid = early,
            Unearned = state.Unearned,
            StepInFee = state.SteppedIn && run is not null ? run.FeeShare * due : 0,
        };
    }

    private static double Price(LeaseTerms terms, int month, in LeaseState state) =>
        terms.PriceAt(Math.Max(0, month - state.Began)) * state.PriceFactor;

    private static void Claim(
        LeaseTerms terms,
        in LeaseMonth month,
        double collected,
        in LeaseState state,
        ref LeaseFlow flow
    )
    {
        var months = Math.Min(terms.TerminationMonths, state.TermEnd - month.Index);
        var claim = months * terms.Accelerators * month.Hours * Price(terms, month.Index, state);
        flow = flow with { TerminationClaim = claim, TerminationPaid = claim * collected };
    }

    private static void End(
        int month,
        LeaseEnd reason,
        WrittenRight right,
        ref LeaseState state,
        ref LeaseFlow flow
    )
    {
        (state.Ended, state.Reason, state.Right) = (month, reason, right);
        var kept = reason is LeaseEnd.Breached or LeaseEnd.Defaulted;
        flow = flow with
        {
            Forfeited = kept ? state.Unearned : 0,
            Refund = kept ? 0 : state.Unearned,
        };
        state.Unearned = 0;
    }
}
