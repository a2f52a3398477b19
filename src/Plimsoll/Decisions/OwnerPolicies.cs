using Plimsoll.Outlooks;

namespace Plimsoll.Decisions;

/// <summary>Everything lit, asked price a fixed multiple of the market quote.</summary>
/// <param name="PriceOverQuote">1 follows the market; less is a cut.</param>
public sealed record AskPolicy(double PriceOverQuote) : IPolicy
{
    /// <inheritdoc/>
    public CentreAction Decide(in ObservedState state) =>
        CentreAction.Hold with
        {
            PriceOverQuote = PriceOverQuote,
        };
}

/// <summary>Unsold capacity goes dark while the quote is below a trigger and comes back above it, with a band against flicker.</summary>
/// <param name="TriggerPerGpuHour">Quote at which capacity is lit again, money per accelerator-hour.</param>
/// <param name="Band">Share below the trigger at which it goes dark, 0 to 1.</param>
public sealed record DarkPolicy(double TriggerPerGpuHour, double Band) : IPolicy
{
    /// <inheritdoc/>
    public CentreAction Decide(in ObservedState state)
    {
        var quotes = state.MarketQuotes.Span;
        var dark = true;
        foreach (var quote in quotes)
        {
            dark = quote < TriggerPerGpuHour * (1 - Band) || (dark && quote < TriggerPerGpuHour);
        }
        return CentreAction.Hold with { DarkShare = dark ? 1 : 0 };
    }
}

/// <summary>Unsold capacity is offered for inference from a month on, once the hall is converted.</summary>
/// <param name="FromMonth">Months of conversion, from the start of the outlook.</param>
public sealed record ConvertPolicy(int FromMonth) : IPolicy
{
    /// <inheritdoc/>
    public CentreAction Decide(in ObservedState state) =>
        CentreAction.Hold with
        {
            InferenceShare = state.MonthIndex + 1 >= FromMonth ? 1 : 0,
        };
}

/// <summary>A share of the fleet is put up for sale in equal monthly lots and let no more; what is under contract is sold when its contract ends, what stays follows the market.</summary>
/// <param name="Share">Share of the fleet that is sold, more than 0, at most 1.</param>
/// <param name="Months">Months over which it is sold, at least 1.</param>
public sealed record SellPolicy(double Share, int Months) : IPolicy
{
    /// <summary>The whole fleet is sold.</summary>
    /// <param name="months">Months over which it is sold, at least 1.</param>
    public SellPolicy(int months)
        : this(1, months) { }

    /// <inheritdoc/>
    public CentreAction Decide(in ObservedState state)
    {
        var done = state.MonthIndex + 1;
        var dark = CentreAction.Hold with { DarkShare = Share >= 1 ? 1 : 0 };
        if (done >= Months)
        {
            return dark;
        }
        var lot = Share / Months;
        var after = 1 - ((done + 1) * lot);
        return dark with
        {
            SellShare = Math.Min(1, lot / (1 - (done * lot))),
            SellLater = after > 1e-9 ? (Share - ((done + 1) * lot)) / after : 0,
        };
    }
}

/// <summary>The centre is handed at once to an operator of the plan's takeover capability.</summary>
public sealed record HandOverPolicy : IPolicy
{
    /// <inheritdoc/>
    public CentreAction Decide(in ObservedState state) =>
        CentreAction.Hold with
        {
            HandOver = true,
        };
}
