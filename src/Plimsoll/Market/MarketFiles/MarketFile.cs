using Plimsoll.Market.ContractMarket;
using Plimsoll.Quantities;

namespace Plimsoll.Market.MarketFiles;

/// <summary>A demand of a market file.</summary>
/// <param name="Need">What for.</param>
/// <param name="Servers">H servers wanted at the reference rent when it begins.</param>
/// <param name="Growth">A year, as a fraction.</param>
/// <param name="From">First month reported in which it stands, from 0.</param>
/// <param name="Until">First month without it.</param>
public sealed record FileDemand(Need Need, double Servers, double Growth, int From, int Until);

/// <summary>An efficiency shock of a market file.</summary>
/// <param name="Month">First month with it, from 0.</param>
/// <param name="Need">Whose compute is saved; null for everybody's.</param>
/// <param name="Saved">Share saved.</param>
public sealed record FileShock(int Month, Need? Need, double Saved);

/// <summary>A market as a file describes it.</summary>
public sealed record MarketFile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>none, china or us.</summary>
    public required string Base { get; init; }

    /// <summary>First month reported.</summary>
    public required Month Start { get; init; }

    /// <summary>Months reported.</summary>
    public required int Months { get; init; }

    /// <summary>Currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Draws.</summary>
    public required int Draws { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>One law, or null for all in turn.</summary>
    public RentLaw? Law { get; init; }

    /// <summary>True to draw what the file leaves out.</summary>
    public bool Uncertain { get; init; }

    /// <summary>Parameters that the file sets.</summary>
    public required IReadOnlyDictionary<Parameter, double> Set { get; init; }

    /// <summary>World rent at the start, money a server-month; null for no link by this file.</summary>
    public double? World { get; init; }

    /// <summary>Change of the world rent a year.</summary>
    public double WorldGrowth { get; init; }

    /// <summary>Demand.</summary>
    public required IReadOnlyList<FileDemand> Demand { get; init; }

    /// <summary>Centres; months count from the first month reported.</summary>
    public required IReadOnlyList<CentreSeed> Centres { get; init; }

    /// <summary>Shocks.</summary>
    public required IReadOnlyList<FileShock> Shocks { get; init; }

    /// <summary>Voucher schemes; months count from the first month reported.</summary>
    public required IReadOnlyList<VoucherScheme> Vouchers { get; init; }

    /// <summary>Servers of eight H accelerators that the energised power feeds; infinite where it does not bind.</summary>
    public double Power { get; init; } = double.PositiveInfinity;

    /// <summary>An imported curve; null for the model's own rents.</summary>
    public PriceCurve? Curve { get; init; }
}
