using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>A decision taken later, on what is seen by then and on nothing after it.</summary>
public interface IGate
{
    /// <summary>What is built whatever is seen, and seen until the decision; null when nothing is built before, and the market alone is seen.</summary>
    StudyCase? First { get; }

    /// <summary>Month (from 0) of the decision; what lies before it may be seen.</summary>
    int DecideMonth { get; }

    /// <summary>True when the case is built in full.</summary>
    /// <param name="seen">The first part, or the case itself where nothing is built before; only its months before the decision may be read.</param>
    bool Opens(CentreOutlook seen);

    /// <summary>What opens it, in words.</summary>
    /// <param name="start">First month of the outlook.</param>
    Phrase Trigger(Month start);
}

/// <summary>Build the second stage only if the first has filled.</summary>
/// <param name="First">The case with the first stage alone.</param>
/// <param name="DecideMonth">Month (from 0) of the decision; the three months before it count.</param>
/// <param name="Fill">Mean fill needed, 0 to 1.</param>
public sealed record StageGate(StudyCase First, int DecideMonth, double Fill) : IGate
{
    private const int Months = 3;

    /// <inheritdoc/>
    public bool Opens(CentreOutlook seen)
    {
        var outlook = seen.Physical;
        var from = Math.Clamp(DecideMonth - Months, 0, outlook.Months - 1);
        var to = Math.Clamp(DecideMonth, from + 1, outlook.Months);
        double sum = 0;
        for (var m = from; m < to; m++)
        {
            sum += outlook.Fill(m);
        }
        return sum / (to - from) >= Fill;
    }

    /// <inheritdoc/>
    public Phrase Trigger(Month start) =>
        Phrase.Of("plan.trigger.stage", start + DecideMonth, Fill);
}

/// <summary>Build later only if the quoted rent then pays for it.</summary>
/// <param name="DecideMonth">Month (from 0) of the decision; the quote of the month before counts.</param>
/// <param name="TriggerPerGpuHour">Quote needed, money per accelerator-hour.</param>
public sealed record WaitGate(int DecideMonth, double TriggerPerGpuHour) : IGate
{
    /// <inheritdoc/>
    public StudyCase? First => null;

    /// <inheritdoc/>
    public bool Opens(CentreOutlook seen) =>
        seen.MarketQuote[Math.Max(0, DecideMonth - 1)] >= TriggerPerGpuHour;

    /// <inheritdoc/>
    public Phrase Trigger(Month start) =>
        Phrase.Of("plan.trigger.wait", start + DecideMonth, TriggerPerGpuHour);
}
