using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Finance;

/// <summary>Many outlooks of one centre side by side, as the vectorised run reads them.</summary>
/// <remarks>
/// Eight scenarios form a block. A series is one array, indexed (block * months + month) * 8 + lane, so that one month of a block is one load.
/// A series that no scenario uses stays empty and is not read.
/// </remarks>
public sealed class ScenarioBatch
{
    /// <summary>Scenarios in a block.</summary>
    public const int Lanes = 8;

    private readonly bool[] _filled;
    private OutlookMonths? _reader;

    /// <summary>Makes room for scenarios.</summary>
    /// <param name="start">First month of every outlook.</param>
    /// <param name="currency">Currency of every outlook.</param>
    /// <param name="months">Months of every outlook, at least 1.</param>
    /// <param name="count">Scenarios, at least 1.</param>
    public ScenarioBatch(Month start, Currency currency, int months, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Start, Currency, Months, Count) = (start, currency, months, count);
        Blocks = (count + Lanes - 1) / Lanes;
        _filled = new bool[count];
        Revenue = Series();
        Cost = Series();
        Installed = Series();
        ResalePrice = Series();
        MonthsToSell = Series();
    }

    /// <summary>First month.</summary>
    public Month Start { get; }

    /// <summary>Currency.</summary>
    public Currency Currency { get; }

    /// <summary>Months.</summary>
    public int Months { get; }

    /// <summary>Scenarios.</summary>
    public int Count { get; }

    /// <summary>Hours that every month counts for; 0 for those of the calendar. The same in all outlooks.</summary>
    public double HoursPerMonth { get; private set; }

    internal int Blocks { get; }

    internal double[] Revenue { get; }

    internal double[] Cost { get; }

    internal double[] Installed { get; }

    internal double[] ResalePrice { get; }

    internal double[] MonthsToSell { get; }

    internal double[] Hours { get; private set; } = [];

    internal double[] Energy { get; private set; } = [];

    internal double[] Proceeds { get; private set; } = [];

    internal double[] SoldShare { get; private set; } = [];

    internal double[] Vouchers { get; private set; } = [];

    internal double[] Forfeited { get; private set; } = [];

    internal double[] LostShare { get; private set; } = [];

    internal double[] RateShift { get; private set; } = [];

    /// <summary>Adds up several outlooks of one centre.</summary>
    /// <param name="outlooks">At least one, all of the same months and currency.</param>
    /// <exception cref="ArgumentException">None, or they differ.</exception>
    public static ScenarioBatch Of(IReadOnlyList<MonthlyOutlook> outlooks)
    {
        if (outlooks.Count == 0)
        {
            throw new ArgumentException("Give at least one outlook.", nameof(outlooks));
        }
        var first = outlooks[0];
        var batch = new ScenarioBatch(first.Start, first.Currency, first.Months, outlooks.Count);
        for (var i = 0; i < outlooks.Count; i++)
        {
            batch.Set(i, outlooks[i]);
        }
        return batch;
    }

    /// <summary>Puts an outlook in its place; not for several threads at once.</summary>
    /// <param name="scenario">From 0.</param>
    /// <param name="outlook">Of the batch's start, months and currency.</param>
    /// <exception cref="ArgumentException">It differs from the batch.</exception>
    public void Set(int scenario, MonthlyOutlook outlook)
    {
        if (
            outlook.Months != Months
            || outlook.Start != Start
            || outlook.Currency != Currency
            || (_reader is not null && outlook.HoursPerMonth != HoursPerMonth)
        )
        {
            throw new ArgumentException(
                $"The outlook has {outlook.Months} months from {outlook.Start} in {outlook.Currency}; the batch has {Months} from {Start} in {Currency}.",
                nameof(outlook)
            );
        }
        HoursPerMonth = outlook.HoursPerMonth;
        var o = _reader ??= new OutlookMonths(Months);
        o.Read(outlook);
        var at = At(scenario);
        Write(Revenue, at, o.Revenue);
        Write(Cost, at, o.Cost);
        Write(Installed, at, outlook.Installed);
        Write(ResalePrice, at, outlook.ResalePrice);
        Write(MonthsToSell, at, outlook.MonthsToSell);
        Hours = WriteIfUsed(Hours, at, o.Hours);
        Energy = WriteIfUsed(Energy, at, o.Energy);
        Proceeds = WriteIfUsed(Proceeds, at, o.Proceeds);
        SoldShare = WriteIfUsed(SoldShare, at, o.SoldShare);
        Vouchers = WriteIfUsed(Vouchers, at, o.Vouchers);
        Forfeited = WriteIfUsed(Forfeited, at, o.Forfeited);
        LostShare = WriteIfUsed(LostShare, at, o.LostShare);
        RateShift = WriteIfUsed(RateShift, at, o.RateShift);
        _filled[scenario] = true;
    }

    internal void ThrowIfNotFilled()
    {
        var empty = Array.IndexOf(_filled, false);
        if (empty >= 0)
        {
            throw new ArgumentException($"Scenario {empty} of the batch has no outlook.");
        }
    }

    internal int At(int scenario) => (scenario / Lanes * Months * Lanes) + (scenario % Lanes);

    private double[] Series() => new double[Blocks * Months * Lanes];

    private static void Write(double[] series, int at, double[] row)
    {
        ref var to = ref series[at];
        for (var m = 0; m < row.Length; m++)
        {
            System.Runtime.CompilerServices.Unsafe.Add(ref to, m * Lanes) = row[m];
        }
    }

    private double[] WriteIfUsed(double[] series, int at, double[] row)
    {
        if (series.Length == 0)
        {
            if (!row.AsSpan().ContainsAnyExcept(0.0))
            {
                return series;
            }
            series = Series();
        }
        Write(series, at, row);
        return series;
    }
}
