using Plimsoll.Inputs;

namespace Plimsoll.Serving.Cases;

public static partial class InferenceInputs
{
    private static IEnumerable<InputRow> Scaling() =>
        [
            new(
                "autoscaling",
                InputType.Section,
                "Replicas that come and go with the load, as a HorizontalPodAutoscaler moves them; leave it out for a fixed fleet. Only 'inference simulate' plays it."
            ),
            new(
                "autoscaling.metric",
                InputType.Choice,
                "What is looked at: requests inside (waiting and running), or those that wait."
            )
            {
                Default = "concurrency",
                Choices = ["concurrency", "queue"],
            },
            new(
                "autoscaling.target",
                InputType.Number,
                "Requests of the metric aimed at on one replica."
            )
            {
                Required = true,
                Min = 0.01,
                Max = 1e6,
                Unit = "1",
            },
            Count(
                "autoscaling.min_replicas",
                "Replicas that serve at least; those to begin with unless layout.replicas says more.",
                1,
                100_000
            ),
            new(
                "autoscaling.max_replicas",
                InputType.Integer,
                "Replicas paid for at most, those included that only finish what they hold."
            )
            {
                Required = true,
                Min = 1,
                Max = 100_000,
                Unit = "1",
            },
            new(
                "autoscaling.cold_start",
                InputType.Number,
                "From the order of a replica until it serves: a machine found, the image and the weights loaded, the engine warmed up."
            )
            {
                Default = "300",
                DefaultLow = 60,
                DefaultHigh = 900,
                Min = 0,
                Max = 604_800,
                Unit = "s",
                Source =
                    "own prior: some minutes; a machine that must first be rented takes longer",
            },
            new("autoscaling.interval", InputType.Number, "Time between two evaluations.")
            {
                Default = "15",
                Min = 0.1,
                Max = 604_800,
                Unit = "s",
                Source = "Kubernetes, horizontal-pod-autoscaler-sync-period",
                Grade = Quantities.Grade.A,
            },
            new(
                "autoscaling.cool_down",
                InputType.Number,
                "How long fewer replicas must have been enough before one is let go."
            )
            {
                Default = "300",
                Min = 0,
                Max = 604_800,
                Unit = "s",
                Source = "Kubernetes, horizontal-pod-autoscaler-downscale-stabilization",
                Grade = Quantities.Grade.A,
            },
            Price(
                "autoscaling.price",
                "Price of one accelerator for one hour, in size.currency; size.price when silent."
            ),
        ];
}
