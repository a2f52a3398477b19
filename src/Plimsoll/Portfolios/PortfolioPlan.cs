namespace Plimsoll.Portfolios;

/// <summary>One action for every centre of a portfolio.</summary>
/// <param name="Choices">For each centre, which of its actions; 0 keeps it.</param>
public sealed record PortfolioPlan(IReadOnlyList<int> Choices)
{
    /// <summary>Every centre is kept, and built as planned.</summary>
    /// <param name="centres">How many there are.</param>
    public static PortfolioPlan KeepAll(int centres) => new(new int[centres]);

    /// <summary>The same with another action for one centre.</summary>
    public PortfolioPlan With(int centre, int action)
    {
        int[] choices = [.. Choices];
        choices[centre] = action;
        return new PortfolioPlan(choices);
    }

    /// <summary>The choices as text: the same for equal plans.</summary>
    public string Key => string.Join(',', Choices);
}
