namespace Plimsoll.Workloads.Mixtures;

/// <summary>A service's traffic as the sum of its clients, each with its own rate over the day, burstiness and lengths.</summary>
/// <remarks>After Xiang et al. 2025 (ServeGen): few clients carry most of the traffic, so a mixture of clients is bursty where one renewal process of the same rate is not.</remarks>
public sealed class ClientMixture
{
    /// <summary>Puts clients together.</summary>
    /// <param name="clients">At least one.</param>
    /// <param name="periodSeconds">Length of the pattern, after which it begins again; a day.</param>
    /// <exception cref="ArgumentException">No client, or one whose windows are out of order, empty or impossible.</exception>
    public ClientMixture(IReadOnlyList<MixtureClient> clients, double periodSeconds = 86_400)
    {
        if (clients.Count == 0 || !(periodSeconds > 0))
        {
            throw new ArgumentException(
                "A mixture needs a client and a period greater than 0 seconds."
            );
        }
        foreach (var client in clients)
        {
            Check(client, periodSeconds);
        }
        if (!clients.Any(c => c.Windows.Any(w => w.RequestsPerSecond > 0)))
        {
            throw new ArgumentException("No client of the mixture sends anything.");
        }
        Clients = clients;
        PeriodSeconds = periodSeconds;
    }

    /// <summary>The clients; results count them by their place here.</summary>
    public IReadOnlyList<MixtureClient> Clients { get; }

    /// <summary>Length of the pattern in seconds.</summary>
    public double PeriodSeconds { get; }

    /// <summary>Mean rate of all clients over a period.</summary>
    public double RequestsPerSecond => Clients.Sum(c => Volume(c, PeriodSeconds)) / PeriodSeconds;

    /// <summary>Requests of a client in one period, on average.</summary>
    public static double Volume(MixtureClient client, double periodSeconds)
    {
        var sum = 0.0;
        for (var i = 0; i < client.Windows.Length; i++)
        {
            var end =
                i + 1 < client.Windows.Length ? client.Windows[i + 1].StartSeconds : periodSeconds;
            sum += client.Windows[i].RequestsPerSecond * (end - client.Windows[i].StartSeconds);
        }
        return sum;
    }

    /// <summary>A stream of the mixture's requests.</summary>
    /// <param name="seed">Seed of all random numbers.</param>
    /// <param name="requests">How many; <see cref="long.MaxValue"/> goes on forever.</param>
    /// <param name="rateScale">All rates times this; greater than 0.</param>
    /// <param name="copies">So many independent copies of every client, each with its share of the rate: the same volume from more customers, and so less bursty.</param>
    public IRequestSource ToSource(
        ulong seed,
        long requests = long.MaxValue,
        double rateScale = 1,
        int copies = 1
    ) => new MixtureRequests(this, seed, requests, rateScale, copies);

    private static void Check(MixtureClient client, double period)
    {
        var last = double.NegativeInfinity;
        if (client.Windows.Length == 0 || client.Lengths.Length == 0)
        {
            throw new ArgumentException($"Client {client.Name} has no window or no lengths.");
        }
        foreach (var window in client.Windows)
        {
            if (
                !(window.StartSeconds > last && window.StartSeconds < period)
                || !(window.RequestsPerSecond >= 0 && window.Shape > 0)
                || double.IsInfinity(window.RequestsPerSecond)
            )
            {
                throw new ArgumentException($"Client {client.Name} has an impossible {window}.");
            }
            last = window.StartSeconds;
        }
        if (client.Windows[0].StartSeconds != 0 || client.Lengths[0].StartSeconds != 0)
        {
            throw new ArgumentException(
                $"The first window and the first lengths of client {client.Name} start at 0."
            );
        }
    }
}
