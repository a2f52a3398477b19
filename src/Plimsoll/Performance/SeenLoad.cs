namespace Plimsoll.Performance;

/// <summary>How far measurements reached: a prediction beyond is an extrapolation, whatever else is known.</summary>
/// <param name="Clients">Most clients of one replica; 0 where none is recorded.</param>
/// <param name="Tokens">Longest request, prompt and answer together; 0 where none is recorded.</param>
public readonly record struct SeenLoad(double Clients, double Tokens)
{
    // Error grows with the distance in load about as it does with other novelties; chosen so that held-out large batches lie inside their interval. Grade D.
    private const double _widening = 0.5;

    /// <summary>The wider of two.</summary>
    public SeenLoad Or(SeenLoad other) =>
        new(Math.Max(Clients, other.Clients), Math.Max(Tokens, other.Tokens));

    /// <summary>Logarithm by which a load goes beyond; 0 within.</summary>
    public double Distance(double clients, double tokens) =>
        Math.Max(
            0,
            Math.Max(
                Clients > 0 ? Math.Log(clients / Clients) : 0,
                Tokens > 0 ? Math.Log(tokens / Tokens) : 0
            )
        );

    /// <summary>Factor by which an interval widens at a distance.</summary>
    public static double Widening(double distance) => 1 + (_widening * distance);
}
