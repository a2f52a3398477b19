namespace Plimsoll.Reports.Workbooks;

/// <summary>Changes laid over the case: at 1 and 0 the case is as the engine ran it.</summary>
internal sealed class Sensitivities(Scalars s)
{
    /// <summary>Multiplies every price.</summary>
    public Expr Rent { get; } =
        s.Add(
            "sens_rent",
            "rent",
            1,
            "times",
            "Multiplies the price of every product, lease and voucher."
        );

    /// <summary>Multiplies running cost.</summary>
    public Expr Opex { get; } =
        s.Add(
            "sens_opex",
            "running cost",
            1,
            "times",
            "Multiplies every running cost of the outlook; insurance and take-or-pay have assumptions of their own."
        );

    /// <summary>Multiplies capital cost.</summary>
    public Expr Capex { get; } =
        s.Add("sens_capex", "capital cost", 1, "times", "Multiplies every capital cost.");

    /// <summary>Added to base rates.</summary>
    public Expr Rate { get; } =
        s.Add(
            "sens_rate",
            "base rate, added",
            0,
            "a year",
            "Added to the base rate of every tranche before floor and hedge.",
            Look.InputPercent
        );

    /// <summary>Months of delay.</summary>
    public Expr Delay { get; } =
        s.Add(
            "sens_delay",
            "delay",
            0,
            "months",
            "What the centre does and sells, and what that costs, comes so many whole months later; capital is paid and debt falls due as agreed; prices per hour, second-hand prices and base rates stay with the calendar."
        );
}
