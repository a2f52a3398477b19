using Plimsoll.Quantities;

namespace Plimsoll.Outlooks;

/// <summary>What a printed rent is a price of; bases are kept apart, since lists run 25 to 50 % above contracts.</summary>
public enum QuoteBasis
{
    /// <summary>A contract of about a year, bid or signed.</summary>
    Contract,

    /// <summary>By the hour on a marketplace.</summary>
    Marketplace,

    /// <summary>List price of a specialised cloud.</summary>
    NeocloudList,

    /// <summary>List price of a hyperscale cloud; moves in administered steps.</summary>
    HyperscalerList,
}

/// <summary>A dated rent, brought to one unit.</summary>
/// <param name="Date">Month spoken of.</param>
/// <param name="KnownBy">Day on which it could be known.</param>
/// <param name="Accelerator">Chip in the catalogue.</param>
/// <param name="Basis">What it is a price of.</param>
/// <param name="PerGpuHour">Money for one accelerator-hour, tax excluded, more than 0.</param>
/// <param name="LogError">Standard deviation of the logarithm, more than 0.</param>
/// <param name="Source">Where it was printed.</param>
public sealed record Quote(
    Month Date,
    DateOnly KnownBy,
    string Accelerator,
    QuoteBasis Basis,
    double PerGpuHour,
    double LogError,
    string Source
);
