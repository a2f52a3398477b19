using Plimsoll.Contracts;
using Plimsoll.Outlooks;

namespace Plimsoll.Market.ContractMarket;

/// <content>Its operator, which may fail apart from its tenants, and who buys hours that stay unsold.</content>
internal sealed partial class AddedCentre
{
    /// <summary>Counter of a contract's key that says whether its tenant stays when the operator is replaced.</summary>
    private const int StaysCounter = 7;

    private readonly CounterpartyPath _operator;

    /// <summary>True once the operator has failed.</summary>
    private bool Replaced(int m) => m >= _operator.DefaultMonth;

    /// <summary>True while nobody runs the centre: nothing is let, and nothing sold, to whomever.</summary>
    private bool _stopped;

    /// <summary>In the month of the operator's failure tenants of the market leave or stay; true while nobody runs the centre.</summary>
    /// <remarks>Those who stay pay again when another operator has stepped in; contracts signed beforehand follow their own terms, which bill nothing in those months either.</remarks>
    private bool OperatorGone(int m)
    {
        if (_plan.Operator is not { } run || !Replaced(m))
        {
            return false;
        }
        if (m == _operator.DefaultMonth)
        {
            for (var i = _contracts.Count - 1; i >= 0; i--)
            {
                if (
                    !run.StepIn
                    || KeyedDraws.At(_contracts[i].Key, StaysCounter) >= run.TenantStays
                )
                {
                    Drop(i, LeaseEnd.OperatorFailed);
                }
            }
        }
        return !run.StepIn || m < _operator.DefaultMonth + run.DarkMonths;
    }

    /// <summary>The operator that stepped in keeps its share of what the market pays; that of contracts signed beforehand is in their flows.</summary>
    private void ChargeStepIn(int m)
    {
        if (_plan.Operator is { StepIn: true } run && Replaced(m))
        {
            _s.StepInFee[m] += run.FeeShare * (_s.MoneyTaken(m) - _s.Contracted[m]);
        }
    }

    /// <summary>The promise to buy unsold hours as it binds in this draw, whatever was bought.</summary>
    private BackstopMonths? Promised()
    {
        if (_plan.Backstop is not { } backstop)
        {
            return null;
        }
        var buyer = _of.Counterparties.Of(backstop.Buyer);
        return new BackstopMonths(
            backstop.PricePerGpuHour,
            [
                .. Enumerable
                    .Range(0, _plan.Months)
                    .Select(m => backstop.HoursBought(m, backstop.Accelerators, 1, buyer)),
            ]
        );
    }

    /// <summary>Unsold hours are bought as promised, from each fleet by what it has idle.</summary>
    private void BuyUnsold(int m, double hours)
    {
        if (_plan.Backstop is not { } backstop)
        {
            return;
        }
        var unsold = 0.0;
        foreach (var pool in _pools)
        {
            unsold += pool.Unsold(m);
        }
        var buyer = _of.Counterparties.Of(backstop.Buyer);
        var bought = backstop.HoursBought(m, unsold, hours, buyer) / hours;
        if (bought <= 0)
        {
            return;
        }
        foreach (var pool in _pools)
        {
            pool.Buy(m, bought * pool.Unsold(m) / unsold, backstop.PricePerGpuHour, hours);
        }
        _s.Backstop.Hours[m] += bought * hours;
        _s.Backstop.Money[m] += bought * hours * backstop.PricePerGpuHour;
        _s.Bought[m] = bought;
    }
}
