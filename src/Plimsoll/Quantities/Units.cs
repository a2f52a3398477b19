using System.Collections.Frozen;

namespace Plimsoll.Quantities;

/// <summary>The units in which catalogue rows and study inputs may be written.</summary>
public static class Units
{
    /// <summary>Every known unit and what it means.</summary>
    public static FrozenDictionary<string, string> Known { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["1"] = "a pure number or a count",
            ["text"] = "words, no unit",
            ["date"] = "a day, yyyy-MM-dd",
            ["fraction"] = "a share, 0 to 1 unless stated",
            ["TFLOP/s"] = "10^12 floating-point operations a second, dense",
            ["GB"] = "10^9 bytes",
            ["GB/s"] = "10^9 bytes a second",
            ["Gbit/s"] = "10^9 bits a second",
            ["W"] = "watts",
            ["kW"] = "kilowatts",
            ["MW"] = "megawatts",
            ["kWh"] = "kilowatt-hours",
            ["L/kWh"] = "litres per kilowatt-hour",
            ["ms"] = "milliseconds",
            ["us"] = "microseconds",
            ["s"] = "seconds",
            ["months"] = "months",
            ["years"] = "years",
            ["degC"] = "degrees Celsius",
            ["deg"] = "degrees of arc",
            ["km"] = "kilometres",
            ["km/ms"] = "kilometres per millisecond",
            ["tokens"] = "tokens",
            ["tokens/s"] = "tokens a second",
            ["tokens/day"] = "tokens a day",
            ["GPU"] = "accelerators",
            ["GPU-h"] = "accelerator-hours",
            ["servers"] = "servers",
            ["PFLOP/s"] = "10^15 floating-point operations a second",
            ["EFLOP/s"] = "10^18 floating-point operations a second",
            ["fraction/yr"] = "a share per year",
            ["CNY"] = "yuan",
            ["USD"] = "US dollars",
            ["EUR"] = "euros",
            ["CNY/kWh"] = "yuan per kilowatt-hour",
            ["USD/kWh"] = "US dollars per kilowatt-hour",
            ["EUR/kWh"] = "euros per kilowatt-hour",
            ["GBP/kWh"] = "pounds per kilowatt-hour",
            ["CNY/USD"] = "yuan per US dollar",
            ["CNY/EUR"] = "yuan per euro",
            ["USD/EUR"] = "US dollars per euro",
            ["CNY/GPU-h"] = "yuan per accelerator-hour",
            ["USD/GPU-h"] = "US dollars per accelerator-hour",
            ["CNY/server-month"] = "yuan per server and month",
            ["USD/server-month"] = "US dollars per server and month",
            ["EUR/server-month"] = "euros per server and month",
            ["EUR/kW-month"] = "euros per kilowatt and month",
            ["CNY/month"] = "yuan a month",
            ["USD/month"] = "US dollars a month",
            ["CNY/kW"] = "yuan per kilowatt",
            ["USD/kW"] = "US dollars per kilowatt",
            ["CNY/kW-month"] = "yuan per kilowatt and month",
            ["USD/kW-month"] = "US dollars per kilowatt and month",
            ["CNY/Mtoken"] = "yuan per million tokens",
            ["USD/Mtoken"] = "US dollars per million tokens",
            ["wan CNY/mu"] = "ten thousand yuan per mu (667 square metres)",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
