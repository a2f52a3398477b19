namespace Plimsoll.Reports.Html.Sections;

/// <summary>A common scale for amounts that stand side by side.</summary>
internal static class Scale
{
    /// <summary>Billions, millions, thousands or ones, by the largest amount; in Chinese hundred millions, ten thousands or ones.</summary>
    /// <returns>What divides the amounts, and its name with the currency.</returns>
    public static (double Divisor, string Unit) Of(IEnumerable<double> amounts, Figures figures)
    {
        var most = amounts.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        (double Least, double Divisor, string Key)[] scales =
            figures.Book.Language == "zh"
                ? [(2e8, 1e8, "scale.hundred-million"), (2e4, 1e4, "scale.ten-thousand")]
                :
                [
                    (2e9, 1e9, "scale.billion"),
                    (2e6, 1e6, "scale.million"),
                    (2e4, 1e3, "scale.thousand"),
                ];
        foreach (var (least, divisor, key) in scales)
        {
            if (most >= least)
            {
                return (divisor, figures.Say(key, figures.Code));
            }
        }
        return (1, figures.Code);
    }
}
