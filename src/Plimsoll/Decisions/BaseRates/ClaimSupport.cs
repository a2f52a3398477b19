using MathNet.Numerics.Distributions;
using Plimsoll.Risk;
using Plimsoll.Sampling;

namespace Plimsoll.Decisions.BaseRates;

/// <summary>A claim of demand.</summary>
/// <param name="Name">Its name, unique among the claims weighed together.</param>
/// <param name="Amount">What it speaks of, greater than 0.</param>
public sealed record Claim(string Name, double Amount)
{
    /// <summary>A claim of more than this many times what its papers speak of is called inflated; the rate of a bare claim is given to no more. Own prior, grade D: the rates come from claims of which papers were a fair part.</summary>
    public const double MostOverPapers = 3;

    /// <summary>What the place can take in all; no claim is supported beyond it. Infinite where it is not known.</summary>
    public double Market { get; init; } = double.PositiveInfinity;

    /// <summary>Most of the claim to which a rate is given at all.</summary>
    /// <param name="covered">What its papers count for.</param>
    public double Ceiling(double covered) =>
        Math.Min(
            Amount,
            Math.Min(
                Market,
                covered > 0 ? Math.Max(covered, MostOverPapers * covered) : double.PositiveInfinity
            )
        );
}

/// <summary>How much of a claim its evidence supports at base rates.</summary>
/// <param name="Mean">Expected share of the claim that comes true, 0 to 1.</param>
/// <param name="Share">Its spread: rates are uncertain, and single papers hold or fail.</param>
/// <param name="Draws">The share in every draw.</param>
/// <param name="Bare">Rate of the claim alone: what holds for all that no paper covers.</param>
/// <param name="Uncovered">Share of the claim that no paper covers.</param>
/// <param name="Papers">The papers as they count.</param>
/// <param name="Ceiling">Most of the claim to which a rate is given, in its unit: the claim itself, what the place can take, or <see cref="Claim.MostOverPapers"/> times what its papers count for.</param>
public sealed record ClaimSupport(
    double Mean,
    Spread Share,
    double[] Draws,
    BaseRate Bare,
    double Uncovered,
    IReadOnlyList<CountedPaper> Papers,
    double Ceiling
);

/// <summary>Weighs the papers of claims by base rates: the one rule for audits and for studies.</summary>
/// <param name="rates">The rates known on the day.</param>
/// <param name="asset">What is claimed.</param>
/// <param name="country">Where.</param>
public sealed class ClaimWeighing(PooledRates rates, string asset, string country)
{
    /// <summary>Draws from which the spread is taken.</summary>
    public const int DefaultDraws = 1000;

    /// <summary>Expected share of a paper that comes true; what is paid in advance counts as secured.</summary>
    public double Rate(Paper paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var rate = rates.Mean(paper.Firmness, asset, country);
        var secured = rates.Mean(Firmness.Secured, asset, country);
        return ((1 - paper.Secured) * rate) + (paper.Secured * secured);
    }

    /// <summary>The rate of a firmness with the cases behind it.</summary>
    public BaseRate Rate(Firmness firmness) => rates.Of(firmness, asset, country);

    /// <summary>Expected share of every claim that comes true, without its spread.</summary>
    public double[] Mean(
        IReadOnlyList<Claim> claims,
        IReadOnlyList<Paper> papers,
        IReadOnlyDictionary<string, double> needs,
        IReadOnlyDictionary<string, double> capacities
    )
    {
        var counted = PaperCount.Of(
            papers,
            [.. claims.Select(c => c.Amount)],
            needs,
            capacities,
            Rate
        );
        var bare = rates.Mean(Firmness.Bare, asset, country);
        return
        [
            .. claims.Select(
                (claim, c) =>
                    claim.Amount > 0
                        ? Mean(claim, [.. counted.Where(p => p.Paper.Claim == c)], bare)
                        : 0
            ),
        ];
    }

    private static double Mean(Claim claim, CountedPaper[] own, double bare)
    {
        var ceiling = claim.Ceiling(own.Sum(p => p.Counted));
        var supported = (bare * ceiling) + own.Sum(p => p.Counted * (p.Rate - bare));
        return Math.Clamp(supported, 0, ceiling) / claim.Amount;
    }

    /// <summary>Weighs claims with their papers.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="papers">All papers.</param>
    /// <param name="needs">What a tenant is known to need in all.</param>
    /// <param name="capacities">What a capacity is in all.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="draws">Draws, at least 1.</param>
    public IReadOnlyList<ClaimSupport> Weigh(
        IReadOnlyList<Claim> claims,
        IReadOnlyList<Paper> papers,
        IReadOnlyDictionary<string, double> needs,
        IReadOnlyDictionary<string, double> capacities,
        ulong seed,
        int draws = DefaultDraws
    )
    {
        var counted = PaperCount.Of(
            papers,
            [.. claims.Select(c => c.Amount)],
            needs,
            capacities,
            Rate
        );
        var means = Mean(claims, papers, needs, capacities);
        var bare = Rate(Firmness.Bare);
        double[][] shares = [.. claims.Select(_ => new double[draws])];
        for (var d = 0; d < draws; d++)
        {
            Draw(claims, counted, seed, d, shares);
        }
        return
        [
            .. claims.Select(
                (claim, c) =>
                {
                    CountedPaper[] own = [.. counted.Where(p => p.Paper.Claim == c)];
                    return new ClaimSupport(
                        means[c],
                        Spread.Of(shares[c], BadSide.Low),
                        shares[c],
                        bare,
                        Math.Max(0, 1 - (own.Sum(p => p.Counted) / claim.Amount)),
                        own,
                        claim.Ceiling(own.Sum(p => p.Counted))
                    );
                }
            ),
        ];
    }

    /// <summary>Whose outcome what no paper covers has. It is drawn once for all claims: two that say the same have the same spread, and no figure is made of several together.</summary>
    private const string Rest = "rest of a claim";

    private void Draw(
        IReadOnlyList<Claim> claims,
        IReadOnlyList<CountedPaper> counted,
        ulong seed,
        int draw,
        double[][] shares
    )
    {
        // One place in the uncertainty for all classes: that paper is worth little is learned of all of it at once.
        var stream = RandomStream.Keyed(seed, draw, EntityId.Of("base rates"), Purpose.ModelError);
        var (which, where) = (stream.NextOpenUniform(), stream.NextOpenUniform());
        Span<double> rate = stackalloc double[4];
        for (var f = 0; f < rate.Length; f++)
        {
            rate[f] = Math.Clamp(
                rates.Draw((Firmness)f, asset, country, which, where),
                1e-6,
                1 - 1e-6
            );
        }
        for (var c = 0; c < claims.Count; c++)
        {
            var covered = 0.0;
            var sum = 0.0;
            foreach (var p in counted)
            {
                if (p.Paper.Claim != c || p.Counted <= 0)
                {
                    continue;
                }
                covered += p.Counted;
                var mean =
                    ((1 - p.Paper.Secured) * rate[(int)p.Paper.Firmness])
                    + (p.Paper.Secured * rate[(int)Firmness.Secured]);
                sum += p.Counted * Outcome(mean, seed, draw, $"tenant {p.Paper.Tenant}");
            }
            var ceiling = claims[c].Ceiling(covered);
            var rest = Math.Max(0, ceiling - covered);
            if (rest > 0)
            {
                sum += rest * Outcome(rate[0], seed, draw, Rest);
            }
            shares[c][draw] = Math.Min(ceiling, sum) / claims[c].Amount;
        }
    }

    /// <summary>What comes of one tenant: all its papers hold or fail together.</summary>
    private double Outcome(double mean, ulong seed, int draw, string who)
    {
        var stream = RandomStream.Keyed(seed, draw, EntityId.Of(who), Purpose.Contracts);
        return Beta.InvCDF(
            mean * rates.Spread,
            (1 - mean) * rates.Spread,
            stream.NextOpenUniform()
        );
    }
}
