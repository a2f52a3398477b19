using MathNet.Numerics.Distributions;
using Plimsoll.Sampling;

namespace Plimsoll.Contracts;

/// <summary>The credit factor of one draw: one standard normal, or one a month, that all counterparties load on; high is a good market.</summary>
/// <remarks>The market hands in what moves its rents, standardised over the draws, so that tenants fail when rents are low.</remarks>
public sealed class CreditFactor
{
    private readonly double[] _months;

    private CreditFactor(double[] months) => _months = months;

    /// <summary>One value for the whole draw.</summary>
    /// <param name="value">Standard normal over the draws; finite.</param>
    public static CreditFactor Constant(double value) => Of([value]);

    /// <summary>One value a month; the last holds on.</summary>
    /// <param name="months">Standard normal over the draws in each month; at least one, finite.</param>
    /// <exception cref="ArgumentException">No month, or a value that is not finite.</exception>
    public static CreditFactor Of(IReadOnlyList<double> months) =>
        months.Count == 0 || months.Any(z => !double.IsFinite(z))
            ? throw new ArgumentException("A credit factor needs finite values.", nameof(months))
            : new CreditFactor([.. months]);

    /// <summary>A factor of its own, where no market gives one.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    public static CreditFactor Own(ulong seed, int draw)
    {
        var stream = RandomStream.Keyed(
            seed,
            draw,
            EntityId.Of("credit factor"),
            Purpose.Contracts
        );
        return Constant(Normal.InvCDF(0, 1, stream.NextOpenUniform()));
    }

    /// <summary>Its value in a month, from 0.</summary>
    public double At(int month) => _months[Math.Clamp(month, 0, _months.Length - 1)];
}
