namespace Plimsoll.Market.SecondHand;

/// <summary>What is assumed of second-hand accelerators before any quote is read; grade D.</summary>
/// <remarks>Fire sales of used aircraft fetched 10 to 30 % less (Pulvino 1998); discounts grow where the natural buyers are short of cash too (Shleifer and Vishny 1992).</remarks>
public static class SecondHandPriors
{
    /// <summary>Fall of the log price a year of age, mean and deviation.</summary>
    public static (double Mean, double Deviation) YearlyFall { get; } = (0.35, 0.15);

    /// <summary>Log of a used chip just put into use over a new one, mean and deviation.</summary>
    public static (double Mean, double Deviation) Used { get; } = (-0.10, 0.20);

    /// <summary>What a deal is below the ask, in logs.</summary>
    public const double AskOverDeal = 0.10;

    /// <summary>Deviation of the log fair value of a chip without any second-hand quote of its own.</summary>
    public const double UnquotedDeviation = 0.40;

    /// <summary>Orderly sale within half a year below fair value, in logs, of a small lot in a calm market.</summary>
    public const double Orderly = 0.10;

    /// <summary>Forced sale within a month below fair value, in logs, of a small lot in a calm market.</summary>
    public const double Forced = 0.35;

    /// <summary>Discount for each e-fold of 1 + lot over what the market turns over in a year.</summary>
    public const double LotSlope = 0.25;

    /// <summary>Discount of a full glut, in logs.</summary>
    public const double GlutDiscount = 0.35;

    /// <summary>Share of a chip's stock in a market that changes hands in a year.</summary>
    public const double Turnover = 0.08;

    /// <summary>Months that the sale of a single server takes: inspection, payment, transport.</summary>
    public const double LeastMonths = 1.5;

    /// <summary>Most months that are spoken of; a lot that would take longer has no market.</summary>
    public const double MostMonths = 60;

    /// <summary>Part of a change of the chip's rent that its price follows, in logs.</summary>
    public const double RentElasticity = 0.6;

    /// <summary>Months for which a second-hand quote is evidence of the day.</summary>
    public const int QuoteMonths = 24;

    /// <summary>Log by which a used one may cost more than a new one of the day of decision, when rents rise and new ones are waited for; own prior.</summary>
    public const double Shortage = 0.40;

    /// <summary>Scrap and parts, share of the price of a new one.</summary>
    public const double Scrap = 0.05;
}
