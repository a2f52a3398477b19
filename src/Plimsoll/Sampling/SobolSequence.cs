using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Plimsoll.Sampling;

/// <summary>Sobol points: low-discrepancy points in base 2, plain or scrambled.</summary>
/// <remarks>
/// Direction numbers new-joe-kuo-6 of Joe and Kuo 2008 (SIAM J. Sci. Comput. 30), Gray-code order of Antonov and Saleev 1979.
/// Scrambled by a random lower-triangular matrix a coordinate and a digital shift (Matousek 1998): every scrambled point is uniform,
/// and the points keep the net property of the plain ones.
/// Use a number of points that is a power of two; any other number gives up part of the balance.
/// </remarks>
public static class SobolSequence
{
    /// <summary>Most coordinates for which direction numbers are held.</summary>
    public const int MaxDimensions = 1024;

    private const int Bits = 32;
    private const int Digits = 52;
    private const double Unit = 1.0 / (1UL << Digits);

    /// <summary>Plain points in order of the sequence, the origin first.</summary>
    /// <param name="points">Number of points, at least 1.</param>
    /// <param name="dimensions">Number of coordinates, 1 to 1,024.</param>
    /// <returns>Array [point, coordinate] with values in [0, 1), multiples of 2^-32.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Points less than 1, or dimensions outside 1 to 1,024.</exception>
    public static double[,] Plain(int points, int dimensions)
    {
        var sample = Allocate(points, dimensions);
        for (var d = 0; d < dimensions; d++)
        {
            var directions = Array.ConvertAll(Directions(d), v => (ulong)v << (Digits - Bits));
            Fill(sample, d, directions, shift: 0, offset: 0);
        }
        return sample;
    }

    /// <summary>Scrambled points: each uniform in the open cube, together of low discrepancy.</summary>
    /// <param name="seed">Seed of the run; another seed gives an independent scrambling.</param>
    /// <param name="points">Number of points, at least 1; best a power of two.</param>
    /// <param name="dimensions">Number of coordinates, 1 to 1,024.</param>
    /// <returns>Array [point, coordinate] with values in (0, 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">Points less than 1, or dimensions outside 1 to 1,024.</exception>
    public static double[,] Scrambled(ulong seed, int points, int dimensions)
    {
        var sample = Allocate(points, dimensions);
        for (var d = 0; d < dimensions; d++)
        {
            var stream = RandomStream.Keyed(seed, d, EntityId.Of("sobol"), Purpose.Scrambling);
            var directions = ScrambledDirections(Directions(d), ref stream);
            Fill(sample, d, directions, stream.NextBits() >> (64 - Digits), offset: 0.5);
        }
        return sample;
    }

    private static double[,] Allocate(int points, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MaxDimensions);
        return new double[points, dimensions];
    }

    private static void Fill(
        double[,] sample,
        int dimension,
        ulong[] directions,
        ulong shift,
        double offset
    )
    {
        var x = shift;
        for (var i = 0; i < sample.GetLength(0); i++)
        {
            if (i > 0)
            {
                x ^= directions[BitOperations.TrailingZeroCount(i)];
            }
            sample[i, dimension] = (x + offset) * Unit;
        }
    }

    /// <summary>Digit r of the result is digit r of the number plus a random sum of the digits above it, modulo 2.</summary>
    private static ulong[] ScrambledDirections(uint[] directions, ref RandomStream stream)
    {
        var scrambled = new ulong[Bits];
        for (var r = 0; r < Digits; r++)
        {
            // Bit 31 is the first digit. Row r of the matrix: random above the diagonal, 1 on it.
            var above = r >= Bits ? uint.MaxValue : ~(uint.MaxValue >> r);
            var mask = (uint)(stream.NextBits() >> 32) & above;
            mask |= r < Bits ? 0x80000000u >> r : 0;
            for (var j = 0; j < Bits; j++)
            {
                var digit = (ulong)(BitOperations.PopCount(mask & directions[j]) & 1);
                scrambled[j] |= digit << (Digits - 1 - r);
            }
        }
        return scrambled;
    }

    /// <summary>The 32 direction numbers of a coordinate counted from 0, first digit in bit 31.</summary>
    private static uint[] Directions(int dimension)
    {
        var v = new uint[Bits];
        if (dimension == 0)
        {
            for (var j = 0; j < Bits; j++)
            {
                v[j] = 0x80000000u >> j;
            }
            return v;
        }
        var (polynomial, initial) = DirectionTable.Rows.Value[dimension - 1];
        var degree = initial.Length;
        for (var j = 0; j < Bits; j++)
        {
            if (j < degree)
            {
                v[j] = initial[j] << (Bits - 1 - j);
                continue;
            }
            v[j] = v[j - degree] ^ (v[j - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                v[j] ^= ((polynomial >> (degree - 1 - k)) & 1) * v[j - k];
            }
        }
        return v;
    }

    /// <summary>The published table, read once when first needed.</summary>
    private static class DirectionTable
    {
        internal static readonly Lazy<(uint Polynomial, uint[] Initial)[]> Rows = new(Read);

        private static (uint Polynomial, uint[] Initial)[] Read()
        {
            using var stream = Assembly
                .GetExecutingAssembly()
                .GetManifestResourceStream("sampling/joe-kuo-d6.txt")!;
            using var reader = new StreamReader(stream);
            var rows = new List<(uint, uint[])>();
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#'))
                {
                    continue;
                }
                var numbers = line.Split(' ')
                    .Select(n => uint.Parse(n, CultureInfo.InvariantCulture))
                    .ToArray();
                rows.Add((numbers[2], numbers[3..]));
            }
            return [.. rows];
        }
    }
}
