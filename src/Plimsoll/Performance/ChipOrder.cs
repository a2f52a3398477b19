using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>Which chips of one family are no worse than others in every rate, and what follows: none of their costs may be higher.</summary>
/// <remarks>
/// Effects of a chip rest on the rows measured on it, so a chip without rows may come out slower than its worse sister, or faster than a better one. Here the coefficients are turned into costs
/// (an efficiency into seconds over the chip's own peak), and each cost of a chip that was not measured is held between those of the measured chips below and above; among chips that were not it is
/// halfway between the highest of those above and the lowest of those below, which is the cost itself where nothing crosses. Both are monotone in the order of the chips, so the step law, which
/// grows with every cost, is too. A measured chip keeps what was measured of it, even where it crosses a sister's. Only chips of one family are compared: those of another have kernels of their own.
/// </remarks>
internal sealed class ChipOrder
{
    // Both directions of PCIe 4 x16, as in the step's terms.
    private const double _pcie = 64;

    private readonly Dictionary<string, Accelerator[]> _related;

    /// <summary>Orders chips.</summary>
    /// <param name="chips">All that are known.</param>
    public ChipOrder(IReadOnlyList<Accelerator> chips)
    {
        _related = chips.ToDictionary(
            c => c.Name,
            c => chips.Where(x => x.Name != c.Name && SameFamily(x, c)).ToArray(),
            StringComparer.Ordinal
        );
    }

    private static bool SameFamily(Accelerator a, Accelerator b) =>
        a.Vendor == b.Vendor && ChipFamily.Of(a) == ChipFamily.Of(b);

    /// <summary>True when a chip is no worse in any rate: matrices in each precision, memory, scale-up link and its reach. Memory's size is left out, because no step takes longer for it.</summary>
    public static bool NoWorse(Accelerator a, Accelerator b) =>
        a.Bf16.Value >= b.Bf16.Value
        && (a.Fp8?.Value ?? 0) >= (b.Fp8?.Value ?? 0)
        && (a.Fp4?.Value ?? 0) >= (b.Fp4?.Value ?? 0)
        // A data sheet that says nothing of integers says nothing against them.
        && (a.Int8 is null || b.Int8 is null || a.Int8.Value >= b.Int8.Value)
        && a.MemoryBandwidth.Value >= b.MemoryBandwidth.Value
        && Link(a) >= Link(b)
        && Reach(a) >= Reach(b);

    private static double Link(Accelerator chip) => chip.ScaleUpBandwidth?.Value ?? _pcie;

    private static int Reach(Accelerator chip) => Deployment.Domain(chip);

    /// <summary>Puts the coefficients of a chip in order with those of its family.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="own">What its own effects come to.</param>
    /// <param name="other">What those of another chip come to in its place.</param>
    /// <param name="measured">True for a chip that was measured, which stays as it is.</param>
    /// <param name="logWidth">Logarithm of the model's width over that to which layers' times refer.</param>
    public LawCoefficients Ordered(
        Accelerator chip,
        in LawCoefficients own,
        Func<Accelerator, LawCoefficients> other,
        Func<Accelerator, bool> measured,
        double logWidth
    )
    {
        if (
            measured(chip)
            || !_related.TryGetValue(chip.Name, out var related)
            || related.Length == 0
        )
        {
            return own;
        }
        Accelerator[] all = [chip, .. related];
        var known = Array.ConvertAll(all, c => measured(c));
        var costs = new double[all.Length][];
        for (var i = 0; i < all.Length; i++)
        {
            costs[i] = new double[LawCoefficients.Count];
            Costs(i == 0 ? own : other(all[i]), all[i], logWidth, costs[i]);
        }
        var above = new bool[all.Length, all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            for (var j = 0; j < all.Length; j++)
            {
                above[i, j] = NoWorse(all[i], all[j]);
            }
        }
        var ordered = new double[LawCoefficients.Count];
        var final = new double[all.Length];
        var changed = false;
        for (var k = 0; k < ordered.Length; k++)
        {
            Order(costs, k, above, known, final);
            ordered[k] = final[0];
            changed |= final[0] != costs[0][k];
        }
        return changed ? Coefficients(ordered, own, chip, logWidth) : own;
    }

    private static void Order(double[][] costs, int k, bool[,] above, bool[] known, double[] final)
    {
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i])
            {
                final[i] = costs[i][k];
                continue;
            }
            var (most, least) = (costs[i][k], costs[i][k]);
            var (floor, ceiling) = (double.NegativeInfinity, double.PositiveInfinity);
            for (var j = 0; j < known.Length; j++)
            {
                var cost = costs[j][k];
                if (known[j])
                {
                    floor = above[j, i] ? Math.Max(floor, cost) : floor;
                    ceiling = above[i, j] ? Math.Min(ceiling, cost) : ceiling;
                }
                else
                {
                    most = above[j, i] ? Math.Max(most, cost) : most;
                    least = above[i, j] ? Math.Min(least, cost) : least;
                }
            }
            var between = most == least ? most : (most + least) / 2;
            final[i] = Math.Min(Math.Max(between, floor), ceiling);
        }
    }

    // Places in LawCoefficients.Names.
    private const int _layer = 1;
    private const int _sequence = 8;
    private const int _widthExponent = 21;

    /// <summary>Peaks to which the efficiencies refer, by their place.</summary>
    private static double Peak(int place, Accelerator chip) =>
        place switch
        {
            3 or 4 => chip.Bf16.Value,
            5 or 6 => chip.MemoryBandwidth.Value,
            7 => Link(chip),
            _ => 0,
        };

    private static readonly bool[] _parts =
    [
        .. LawCoefficients.Names.Select(LawCoefficients.Parts.Contains),
    ];

    // More distinct experts are more weights to read: the one part that costs.
    private const int _exponent = 14;

    /// <summary>Logarithms of costs: seconds over a peak, seconds of a layer of this width, the part of a gain that is missed.</summary>
    private static void Costs(
        in LawCoefficients c,
        Accelerator chip,
        double logWidth,
        Span<double> costs
    )
    {
        c.CopyTo(costs);
        var width = c.WidthExponent * logWidth;
        costs[_layer] += width;
        costs[_sequence] += width;
        for (var k = 0; k < costs.Length; k++)
        {
            if (Peak(k, chip) is > 0 and var peak)
            {
                costs[k] = -Math.Log(Share(costs[k]) * peak);
            }
            else if (_parts[k] && k != _exponent)
            {
                costs[k] = -costs[k];
            }
        }
    }

    private static LawCoefficients Coefficients(
        Span<double> costs,
        in LawCoefficients own,
        Accelerator chip,
        double logWidth
    )
    {
        var width = own.WidthExponent * logWidth;
        costs[_layer] -= width;
        costs[_sequence] -= width;
        costs[_widthExponent] = Math.Log(own.WidthExponent);
        for (var k = 0; k < costs.Length; k++)
        {
            if (Peak(k, chip) is > 0 and var peak)
            {
                costs[k] = LawCoefficients.Odds(Math.Exp(-costs[k]) / peak);
            }
            else if (_parts[k] && k != _exponent)
            {
                costs[k] = -costs[k];
            }
        }
        return LawCoefficients.FromScaled(costs);
    }

    private static double Share(double odds) => 1 / (1 + Math.Exp(-odds));
}
