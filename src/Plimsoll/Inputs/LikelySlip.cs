namespace Plimsoll.Inputs;

/// <summary>Names the slip that most likely made a number far too large or small: another unit, a month for an hour, a server for a card.</summary>
public static class LikelySlip
{
    /// <summary>A slip by name and the factor by which it multiplies the right number.</summary>
    /// <param name="Factor">Number written over number meant; above 0.</param>
    /// <param name="Words">What was done, as a clause: <c>written in units of 10,000</c>.</param>
    /// <param name="OnlyIn">Currency of the file in which alone it can be made; empty for any.</param>
    public readonly record struct Slip(double Factor, string Words, string OnlyIn = "");

    /// <summary>Slips with any amount of money.</summary>
    public static IReadOnlyList<Slip> Money { get; } =
    [
        new(1e-3, "written in thousands"),
        new(1e-4, "written in units of 10,000 (wan, 万)"),
        new(1e-6, "written in millions"),
        new(1e-8, "written in units of 100 million (yi, 亿)"),
        new(100, "written in cents (fen)"),
        new(7.2, "written in yuan for dollars", "USD"),
        new(1 / 7.2, "written in dollars for yuan", "CNY"),
    ];

    /// <summary>Slips with money for a server: those of money, and the accelerator for the server.</summary>
    public static IReadOnlyList<Slip> PerServer { get; } =
    [.. Money, new(1.0 / 8, "the price of one accelerator for that of a server of eight")];

    /// <summary>Slips with a price of an accelerator-hour.</summary>
    public static IReadOnlyList<Slip> PerAcceleratorHour { get; } =
    [
        new(730, "a month for an hour"),
        new(8760, "a year for an hour"),
        new(8, "a server of eight accelerators for one"),
        new(8 * 730, "a server-month for an accelerator-hour"),
        new(8 * 8760, "a server-year for an accelerator-hour"),
        new(100, "written in cents (fen)"),
        new(7.2, "written in yuan for dollars", "USD"),
        new(1 / 7.2, "written in dollars for yuan", "CNY"),
        new(1e-4, "written in units of 10,000 (wan, 万)"),
        new(730e-4, "a month for an hour, in units of 10,000 (wan, 万)"),
        new(8 * 730e-4, "a server-month for an accelerator-hour, in units of 10,000 (wan, 万)"),
    ];

    /// <summary>Slips with a monthly cost of a server or a kilowatt.</summary>
    public static IReadOnlyList<Slip> PerMonth { get; } =
    [
        .. Money,
        new(12, "a year for a month"),
        new(1.0 / 730, "an hour for a month"),
        new(1.0 / 8, "one accelerator for a server of eight"),
    ];

    /// <summary>Slips with a rent or a cost of a server of eight and a month.</summary>
    public static IReadOnlyList<Slip> PerServerMonth { get; } =
    [.. PerMonth, new(1.0 / (8 * 730), "an accelerator-hour for a server-month")];

    /// <summary>Slips with a price of electricity.</summary>
    public static IReadOnlyList<Slip> PerKilowattHour { get; } =
    [
        new(100, "written in cents (fen) per kWh"),
        new(1000, "written per MWh"),
        new(7.2, "written in yuan for dollars", "USD"),
        new(1 / 7.2, "written in dollars for yuan", "CNY"),
    ];

    /// <summary>Slips with electrical power.</summary>
    public static IReadOnlyList<Slip> Kilowatts { get; } =
    [new(1000, "written in W"), new(1e-3, "written in MW"), new(1e-6, "written in GW")];

    /// <summary>The slips without which the number would lie within its usual range, at most two, that first by whose factor the number is nearest to what is typical; empty when none does.</summary>
    /// <param name="number">As written, above 0.</param>
    /// <param name="low">Low end of what is usual, above 0.</param>
    /// <param name="high">High end of what is usual.</param>
    /// <param name="unit">Unit of the number; slips of another currency are left out.</param>
    /// <param name="slips">Slips of this kind of number.</param>
    /// <param name="typical">What such a number most often is; NaN for the middle of its range by ratio.</param>
    public static string Of(
        double number,
        double low,
        double high,
        string unit,
        IReadOnlyList<Slip> slips,
        double typical = double.NaN
    )
    {
        var middle = typical > 0 ? typical : Math.Sqrt(low) * Math.Sqrt(high);
        return string.Join(
            ", or ",
            slips
                .Where(s => unit.StartsWith(s.OnlyIn, StringComparison.Ordinal))
                .Select(s => (s.Words, Meant: number / s.Factor))
                .Where(s => s.Meant >= low / 2 && s.Meant <= high * 2)
                .OrderBy(s => Math.Abs(Math.Log(s.Meant / middle)))
                .Select(s => s.Words)
                .Take(2)
        );
    }

    /// <summary>A sentence for each other unit that would bring a number outside its row's range within it; empty when none does.</summary>
    /// <param name="number">As written.</param>
    /// <param name="row">Its row.</param>
    internal static string OutOfRange(double number, InputRow row)
    {
        (double Factor, string Words)[] units = row.Unit switch
        {
            _ when row.Key == "tariff" =>
            [
                (0.01, "cents (fen) are meant"),
                (0.001, "a price per MWh is meant"),
            ],
            _ when row.Key == "price_per_gpu_hour" =>
            [
                (1.0 / 730, "a month of an accelerator is meant"),
                (1.0 / (8 * 730), "a month of a server of eight accelerators is meant"),
            ],
            // 1.2 where at most 1 may stand is no 1.2 per cent of it; where rates stand it may be.
            "fraction" or "fraction/yr" when Math.Abs(number) >= 2 || row.Max < 0.5 =>
            [
                (0.01, "per cent are meant"),
            ],
            "ms" => [(1000, "seconds are meant")],
            "s" => [(0.001, "milliseconds are meant")],
            "months" => [(12, "years are meant")],
            "kW" => [(1000, "megawatts are meant"), (0.001, "watts are meant")],
            "1" when row is { Min: >= 1, Max: > 50 and <= 100 } => [(100, "a share is meant")],
            _ => [],
        };
        var said = "";
        foreach (var (factor, words) in units)
        {
            var meant = (double)((decimal)Math.Clamp(number, -1e15, 1e15) * (decimal)factor);
            // What is divided by the hours of a month is told to the digits that a price has.
            meant = factor is 0.01 or 0.001 || factor > 1 ? meant : Rounded(meant);
            if (meant >= row.Min && meant <= row.Max)
            {
                said += $"If {words}, write {NumberReading.Written(meant)}. ";
            }
        }
        return said;
    }

    /// <summary>A number to five digits.</summary>
    private static double Rounded(double number)
    {
        if (number == 0)
        {
            return 0;
        }
        var digits = 4 - (int)Math.Floor(Math.Log10(Math.Abs(number)));
        return digits is >= 0 and <= 15 ? Math.Round(number, digits) : number;
    }
}
