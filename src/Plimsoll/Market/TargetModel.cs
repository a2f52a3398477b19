namespace Plimsoll.Market;

/// <summary>How well a point in standard normal space foretells the targets through the mean field.</summary>
internal sealed class TargetModel
{
    private readonly IReadOnlyList<Prior> _priors;
    private readonly IReadOnlyList<Target> _targets;
    private readonly MeanField _field;
    private readonly MarketBackdrop _backdrop;
    private readonly RentLaw _law;
    private readonly bool _worldLink;
    private readonly int _months;

    public TargetModel(
        MarketGivens givens,
        IReadOnlyList<Prior> priors,
        IReadOnlyList<Target> targets,
        MarketScenario scenario,
        RentLaw law,
        bool worldLink
    )
    {
        _priors = priors;
        _targets = targets;
        _months = targets.Count > 0 ? targets.Max(t => t.LastMonth) + 1 : givens.KnownMonths;
        _field = new MeanField(givens.Tiers, scenario);
        _backdrop = MarketBackdrop.Known(givens, Math.Max(_months, givens.KnownMonths), priors);
        _law = law;
        _worldLink = worldLink;
    }

    /// <summary>Room for a run.</summary>
    public MarketPath NewPath() => new(_months);

    /// <summary>Parameters of a point; those of the future stand at their middle.</summary>
    public double[] ToValues(ReadOnlySpan<double> z)
    {
        var values = new double[_priors.Count];
        Fill(z, values);
        return values;
    }

    /// <summary>Log likelihood; minus infinity where the given tokens need more than the usable national compute.</summary>
    public double LogLikelihood(ReadOnlySpan<double> z, MarketPath path)
    {
        Span<double> values = stackalloc double[Prior.Count];
        Fill(z, values);
        _field.Run(_law, _worldLink, values, _backdrop, path);
        for (var m = 0; m < path.Months; m++)
        {
            if (path.TokenUse[m] > path.Usable[m])
            {
                return double.NegativeInfinity;
            }
        }
        double log = 0;
        foreach (var target in _targets)
        {
            var modelled = target.Of(path);
            if (!(modelled > 0))
            {
                return double.NegativeInfinity;
            }
            var miss = Math.Log(modelled / target.Value);
            var error = target.Error(miss);
            log -= 0.5 * miss * miss / (error * error);
        }
        return log;
    }

    private void Fill(ReadOnlySpan<double> z, Span<double> values)
    {
        foreach (var prior in _priors)
        {
            var i = (int)prior.Parameter;
            values[i] = i < z.Length ? prior.OfNormal(z[i]) : prior.Median;
        }
    }
}
