namespace Plimsoll.Performance.Training;

/// <summary>The time of one training iteration: physics times fitted efficiencies.</summary>
/// <remarks>
/// A layer of a micro-batch takes what its chip needs (matrices, scores, memory, exchange) or what its host needs to launch it, whichever is longer, as a 4-norm.
/// An iteration is m micro-batches on the fullest stage, the bubble of (p - 1) micro-batches of a mean stage over v virtual stages (Narayanan et al. 2021), handing over, gradients and the optimiser.
/// </remarks>
public static class IterationLaw
{
    /// <summary>Computes an iteration.</summary>
    /// <param name="t">The run's physics.</param>
    /// <param name="c">Fitted or assumed.</param>
    public static IterationTime Of(in IterationTerms t, in TrainingCoefficients c)
    {
        var narrow = t.Narrow ? c.NarrowEfficiency : 1;
        var shape = (1 + (c.HalfWidth / t.Width)) * (1 + (c.HalfTokens / t.Tokens));
        var slow = (1 + t.ExchangeShare) / c.MatrixEfficiency;
        var matrices = t.Matrix * slow * shape / narrow;
        if (t.Expert > 0)
        {
            matrices +=
                t.Expert
                * slow
                / narrow
                / c.ExpertEfficiency
                * (1 + (c.HalfWidth / t.ExpertWidth))
                * (1 + (c.HalfTokens / t.ExpertTokens));
        }
        var scores = t.Score / (t.Fused ? c.ScoreEfficiency : c.UnfusedEfficiency);
        var memory =
            (t.Activations * c.ActivationPasses)
            + (t.ScoreTraffic * c.ScorePasses)
            + t.WeightTraffic;
        var computing = matrices + scores + memory;
        var exchange =
            (t.ExchangeNear / c.ScaleUpEfficiency) + (t.ExchangeFar / c.FabricEfficiency);
        var gather = (t.GatherNear / c.ScaleUpEfficiency) + (t.GatherFar / c.FabricEfficiency);
        var chip = t.Hides
            ? Norm(computing, exchange + gather)
            : Norm(computing + exchange, gather);
        var host = (c.HostSeconds * t.Passes) + (c.CollectiveSeconds * t.Collectives);
        var layer = Norm(chip, host);
        var head = (t.Head * shape / c.MatrixEfficiency) + (t.HeadTraffic * c.ActivationPasses / 3);
        var stage = (t.StageLayers * layer) + head;
        var mean = ((t.Layers * layer) + head) / t.Stages;
        var bubble = (t.Stages - 1) * mean / t.BubbleDivisor;
        var handover =
            t.MicroBatches
            * ((t.HandoverNear / c.ScaleUpEfficiency) + (t.HandoverFar / c.FabricEfficiency));
        var gradients =
            (t.GradientNear / c.ScaleUpEfficiency) + (t.GradientFar / c.FabricEfficiency);
        if (t.HidesGradients)
        {
            // The last backward pass, two thirds of a micro-batch, hides them.
            gradients = Math.Max(0, gradients - (stage * 2 / 3));
        }
        var optimizer = (t.Optimizer * c.OptimizerPasses) + c.IterationSeconds;
        var whole = t.MicroBatches * t.StageLayers;
        return new IterationTime(
            (t.MicroBatches * stage) + bubble + handover + gradients + optimizer,
            (whole * matrices) + (t.MicroBatches * t.Head * shape / c.MatrixEfficiency),
            whole * scores,
            (whole * memory) + (t.MicroBatches * t.HeadTraffic * c.ActivationPasses / 3),
            whole * (layer - chip),
            whole * (chip - computing),
            bubble,
            handover,
            gradients,
            optimizer
        );
    }

    private static double Norm(double a, double b)
    {
        if (b <= 0)
        {
            return a;
        }
        a *= a;
        b *= b;
        return Math.Sqrt(Math.Sqrt((a * a) + (b * b)));
    }
}
