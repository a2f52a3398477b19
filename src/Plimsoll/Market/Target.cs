namespace Plimsoll.Market;

/// <summary>What a target observes in a market path.</summary>
public enum Observable
{
    /// <summary>Quoted rent of a server of the H tier, mean of the months.</summary>
    RentH,

    /// <summary>The same of the A tier.</summary>
    RentA,

    /// <summary>The same of home-made chips.</summary>
    RentD,

    /// <summary>Rent of the A tier in the last of the months over that in the first: a change, for chips whose level is not that of the tier.</summary>
    RentChangeA,

    /// <summary>Projects built and building, at the end of the months.</summary>
    Projects,

    /// <summary>Projects completed, at the end of the months.</summary>
    Completed,

    /// <summary>Projects cancelled over the months.</summary>
    Cancelled,

    /// <summary>Share let of what is installed (the sources' lit share), mean of the months; whether it is switched on is another matter.</summary>
    Lit,

    /// <summary>Price of a new H server, mean of the months.</summary>
    ServerPrice,

    /// <summary>Second-hand price of a two-year-old H server, mean of the months.</summary>
    SecondHandH,
}

/// <summary>An observation that a market run is held against.</summary>
/// <param name="Name">Name in the catalogue with its period.</param>
/// <param name="Observable">What it observes.</param>
/// <param name="FromMonth">First month it speaks of, from the start of the market.</param>
/// <param name="Months">Months it speaks of.</param>
/// <param name="Value">Best estimate.</param>
/// <param name="Low">Lower end of its 80 % range.</param>
/// <param name="High">Upper end of its 80 % range.</param>
/// <param name="Discrepancy">How far the model may be from the truth though all its constants are right, standard deviation of the log.</param>
/// <param name="Source">Where it stands.</param>
public sealed record Target(
    string Name,
    Observable Observable,
    int FromMonth,
    int Months,
    double Value,
    double Low,
    double High,
    double Discrepancy,
    string Source
)
{
    /// <summary>Deviations of a standard normal from its median to its 90 % point.</summary>
    private const double Z90 = 1.2815515655446004;

    /// <summary>Last month it speaks of.</summary>
    public int LastMonth => FromMonth + Months - 1;

    /// <summary>What a path says of it.</summary>
    public double Of(MarketPath path) => Of(path, Observable, FromMonth, Months);

    /// <summary>An observable of a path over some months.</summary>
    public static double Of(MarketPath path, Observable observable, int from, int months)
    {
        var last = from + months - 1;
        return observable switch
        {
            Observable.RentH => Mean(path.Quote[0], from, months),
            Observable.RentA => Mean(path.Quote[1], from, months),
            Observable.RentD => Mean(path.Quote[2], from, months),
            Observable.RentChangeA => path.Quote[1][last] / path.Quote[1][from],
            Observable.Projects => path.Projects[last],
            Observable.Completed => path.Completed[last],
            Observable.Cancelled => path.Cancelled[last]
                - (from > 0 ? path.Cancelled[from - 1] : 0),
            Observable.ServerPrice => Mean(path.NewPrice, from, months),
            Observable.SecondHandH => Mean(path.SecondHand[0], from, months),
            _ => MeanLit(path, from, months),
        };
    }

    /// <summary>Log of what a path says over the value, in standard deviations of range and discrepancy together; signed, more than 3 is implausible.</summary>
    public double Miss(MarketPath path) => MissOf(Of(path));

    /// <summary>The same of a figure.</summary>
    public double MissOf(double modelled)
    {
        if (!(modelled > 0))
        {
            return double.NegativeInfinity;
        }
        var miss = Math.Log(modelled / Value);
        return miss / Error(miss);
    }

    /// <summary>Standard deviation of the log on the side of a miss.</summary>
    public double Error(double miss)
    {
        var range = Math.Log(miss < 0 ? Value / Low : High / Value) / Z90;
        return Math.Sqrt((range * range) + (Discrepancy * Discrepancy));
    }

    private static double Mean(double[] series, int from, int months)
    {
        double sum = 0;
        for (var m = from; m < from + months; m++)
        {
            sum += series[m];
        }
        return sum / months;
    }

    private static double MeanLit(MarketPath path, int from, int months)
    {
        double sum = 0;
        for (var m = from; m < from + months; m++)
        {
            sum += path.LetShare(m);
        }
        return sum / months;
    }
}
