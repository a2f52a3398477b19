namespace Plimsoll.Decisions.BaseRates;

/// <summary>How firmly a paper binds the one who is to pay, softest first.</summary>
public enum Firmness
{
    /// <summary>A claim alone: an announcement, a report, a request without money, a hall built without a tenant.</summary>
    Bare = 0,

    /// <summary>A will that binds nobody: a letter of intent, a framework agreement, a renewal hoped for.</summary>
    Intention = 1,

    /// <summary>A contract or an order that can be sued on.</summary>
    Commitment = 2,

    /// <summary>A contract with money behind it: take-or-pay, or paid ahead.</summary>
    Secured = 3,
}

/// <summary>The kinds of evidence that a claim may come with, and how firm each is.</summary>
public static class EvidenceKind
{
    private static readonly (string Word, Firmness Firmness)[] _kinds =
    [
        ("report", Firmness.Bare),
        ("announcement", Firmness.Bare),
        ("request", Firmness.Bare),
        ("speculative building", Firmness.Bare),
        ("letter of intent", Firmness.Intention),
        ("framework agreement", Firmness.Intention),
        ("renewal", Firmness.Intention),
        ("order", Firmness.Commitment),
        ("signed contract", Firmness.Commitment),
        ("prepayment", Firmness.Secured),
        ("take-or-pay with prepayment", Firmness.Secured),
    ];

    /// <summary>The words, softest first.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. _kinds.Select(k => k.Word)];

    /// <summary>How firm a kind is.</summary>
    /// <exception cref="KeyNotFoundException">No such kind; the message names all.</exception>
    public static Firmness Of(string kind)
    {
        foreach (var (word, firmness) in _kinds)
        {
            if (word == kind)
            {
                return firmness;
            }
        }
        throw new KeyNotFoundException(
            $"No kind of evidence '{kind}'; there are {string.Join(", ", Words)}."
        );
    }
}
