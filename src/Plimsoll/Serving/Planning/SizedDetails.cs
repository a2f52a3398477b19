using MathNet.Numerics.Distributions;
using Plimsoll.Catalog;
using Plimsoll.Serving.Cases;

namespace Plimsoll.Serving.Planning;

/// <summary>Spares, power and costs of a fleet whose size is known.</summary>
internal static class SizedDetails
{
    private const double Available = 0.999;
    private const int MostSpares = 100_000;

    /// <summary>Fills a fleet.</summary>
    public static SizedFleet Of(
        SizedFleet fleet,
        SizePlan plan,
        SizedLoad load,
        CatalogEntry? server
    )
    {
        var layout = fleet.Layout!;
        var config = fleet.Installation!.Config;
        var down = plan.RepairHours / (plan.HoursBetweenFailures + plan.RepairHours);
        var decodeReplicas = config.Disaggregation?.DecodeReplicas ?? 0;
        // What fails and is exchanged is a server; an engine over many of them goes on with a spare one.
        var servers = (int)Math.Ceiling((double)fleet.Accelerators / fleet.PerServer);
        // Servers are rented whole: what the last one holds beyond need is spare too, and paid.
        var spare =
            ((servers + Spare(servers, fleet.PerServer, down)) * fleet.PerServer)
            - fleet.Accelerators;
        var filled = fleet with
        {
            Spare = spare,
            MeanAccelerators = load.Hours.Average(h =>
                Math.Ceiling(config.Replicas * h) * layout.Deployment.Accelerators
                + (Math.Ceiling(decodeReplicas * h) * (layout.Decode?.Accelerators ?? 0))
            ),
        };
        return filled with
        {
            Kilowatts = server is null ? null : Kilowatts(filled, plan, server),
            Cost = Cost(filled, load),
        };
    }

    /// <summary>Spare servers, so that as many as needed are up in 999 of 1,000 hours; each is down when any of its accelerators is.</summary>
    internal static int Spare(int servers, int accelerators, double down)
    {
        var broken = 1 - Math.Pow(1 - down, accelerators);
        for (var spare = 0; spare < MostSpares; spare++)
        {
            if (Binomial.CDF(broken, servers + spare, spare) >= Available)
            {
                return spare;
            }
        }
        return MostSpares;
    }

    private static double Kilowatts(SizedFleet fleet, SizePlan plan, CatalogEntry server)
    {
        var each = server.Number("accelerators").Value;
        // Replicas at their goodput run steps nearly all the time.
        return (
                (fleet.Accelerators * server.Number("power_busy").Value)
                + (fleet.Spare * server.Number("power_idle").Value)
            )
            / each
            * plan.PowerUsageEffectiveness;
    }

    private static TokenCost Cost(SizedFleet fleet, SizedLoad load)
    {
        var request = load.Request;
        var stored = request.Input - request.Computed;
        // GPU-seconds of a mean request over the day: the fleet stands through quiet hours too.
        var each = fleet.Total / load.MeanRequestsPerSecond;
        var (prompt, read) = Shares(fleet, request);
        double Million(double share, double tokens) =>
            tokens < 1e-9 ? 0 : each * share / tokens * 1e6;
        return new TokenCost(
            Million(prompt, request.Computed),
            Million(read, stored),
            Million(1 - prompt - read, request.Output),
            Million(1, request.Input + request.Output),
            Million((double)fleet.Accelerators / fleet.Total, request.Input + request.Output),
            fleet.Chip.PricePerHour
        );
    }

    /// <summary>Shares of the fleet's time for computed and for stored prompt tokens.</summary>
    private static (double Prompt, double Read) Shares(SizedFleet fleet, MeanRequest request)
    {
        var installation = fleet.Installation!;
        var layout = fleet.Layout!;
        var level = installation.Config.ServiceLevel!.TimePerOutputTokenSeconds;
        if (layout.Decode is not { } decode)
        {
            var state = FluidRate.Highest(installation.Law, layout.Deployment, request, level);
            return FluidRate.Shares(installation.Law, state, request);
        }
        var ready = request with { Computed = 0 };
        var answers = FluidRate.Highest(installation.DecodeLaw!, decode, ready, level);
        var (_, read) = FluidRate.Shares(installation.DecodeLaw!, answers, ready);
        var first = (double)installation.Config.Replicas * layout.Deployment.Accelerators;
        var prompt = first / fleet.Accelerators;
        // Only the part of the reading that the store handed over, not what was computed in this request.
        var share = (request.Input - request.Computed) / request.Input;
        return (prompt, (1 - prompt) * read * share);
    }
}
