namespace Plimsoll.Portfolios;

/// <summary>How a portfolio is run; none of it changes what is asked.</summary>
public sealed record PortfolioSettings
{
    /// <summary>Joint draws on which plans are scored, at least 30.</summary>
    public int Draws { get; init; } = 500;

    /// <summary>Joint draws of the search, at least 8, other draws than those on which plans are scored: on one half plans are searched, on the other the best of those found is chosen.</summary>
    public int SearchDraws { get; init; } = 64;

    /// <summary>Seed in place of the portfolio's own; null for its own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>True to keep every centre as it is and search no plan.</summary>
    public bool KeepOnly { get; init; }

    /// <summary>Kinds of action that are tried beside keeping; null for all.</summary>
    public IReadOnlySet<ActionKind>? Only { get; init; }
}
