namespace Plimsoll.Reports.Html.Sections;

/// <summary>A common scale for amounts that stand side by side.</summary>
internal static class Scale
{
    /// <summary>Billions, millions, thousands or ones, by the largest amount.</summary>
    /// <returns>What divides the amounts, and its name with a space behind; nothing for ones.</returns>
    public static (double Divisor, string Word) Of(IEnumerable<double> amounts) =>
        amounts.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() switch
        {
            >= 2e9 => (1e9, "billion "),
            >= 2e6 => (1e6, "million "),
            >= 2e4 => (1e3, "thousand "),
            _ => (1, ""),
        };
}
