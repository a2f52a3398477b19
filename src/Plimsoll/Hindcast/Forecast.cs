namespace Plimsoll.Hindcast;

/// <summary>What is given to a forecast beyond its vintage.</summary>
public enum ForecastMode
{
    /// <summary>Nothing: tokens, compute, rules and efficiency are drawn from processes fitted to the vintage.</summary>
    Unconditional,

    /// <summary>Tokens, national compute, rules and reviews as later published; never a rent, a fill or a price.</summary>
    Conditional,
}

/// <summary>The sample of one quantity in one quarter under one law and link; a row of a forecast.</summary>
/// <param name="Quantity">What is forecast.</param>
/// <param name="Quarter">When.</param>
/// <param name="Mode">What was given.</param>
/// <param name="Law">Name of the rent law, or <c>pooled</c>.</param>
/// <param name="WorldLink">on, off or half.</param>
/// <param name="Sample">Equal-weight sample; values that were not defined in a draw are NaN.</param>
public sealed record ForecastCell(
    ForecastQuantity Quantity,
    Quarter Quarter,
    ForecastMode Mode,
    string Law,
    string WorldLink,
    double[] Sample
)
{
    /// <summary>Name of the row over all laws.</summary>
    public const string Pooled = "pooled";

    /// <summary>Quantiles of the sample.</summary>
    public WeightedSample Fan() => WeightedSample.Of(Sample, Ones(Sample.Length));

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1.0);
        return ones;
    }
}

/// <summary>A forecast: every quantity, quarter, law and link of one mode.</summary>
/// <param name="DataTo">Last day of data behind the ensemble; empty for a prior.</param>
/// <param name="Mode">What was given.</param>
/// <param name="Cells">Rows.</param>
/// <param name="Rejected">Share of draws thrown away because their tokens needed more than the usable national compute.</param>
public sealed record Forecast(
    string DataTo,
    ForecastMode Mode,
    IReadOnlyList<ForecastCell> Cells,
    double Rejected
)
{
    /// <summary>One row.</summary>
    /// <exception cref="KeyNotFoundException">There is no such row.</exception>
    public ForecastCell Cell(string quantity, Quarter quarter, string law, string worldLink) =>
        Cells.FirstOrDefault(c =>
            c.Quantity.Name == quantity
            && c.Quarter == quarter
            && c.Law == law
            && c.WorldLink == worldLink
        )
        ?? throw new KeyNotFoundException(
            $"No forecast of '{quantity}' for {quarter}, law {law}, world link {worldLink}."
        );
}
