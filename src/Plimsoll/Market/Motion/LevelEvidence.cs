using Plimsoll.Market.Quotes;

namespace Plimsoll.Market.Motion;

/// <summary>What a quote moved.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="LogShift">Log by which it moves the mean of the rent asked about, given all the others; the shifts of all quotes sum to the whole move.</param>
public sealed record QuoteShift(PanelQuote Quote, double LogShift);

/// <summary>On what a rent at month 0 rests: what each quote moved, and how much of its spread is still the prior's.</summary>
/// <param name="PriorLog">Mean log rent before any quote.</param>
/// <param name="Log">Mean log rent after them.</param>
/// <param name="PriorShare">Share of the prior's variance that the quotes leave, 0 to 1: what rests on priors, grade D.</param>
/// <param name="Shifts">Every quote that was read, the strongest first.</param>
public sealed record LevelEvidence(
    double PriorLog,
    double Log,
    double PriorShare,
    IReadOnlyList<QuoteShift> Shifts
);
