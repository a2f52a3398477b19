using Plimsoll.Outlooks;

namespace Plimsoll.Market.Quotes;

/// <summary>A quote with the panel that printed it: two panels of one basis ask different sellers and differ for good.</summary>
/// <param name="Quote">The dated rent.</param>
/// <param name="Panel">Who counts, and by which method; <see cref="OwnPanel"/> for the study's own.</param>
/// <param name="Place">Row of the catalogue or of the user's file.</param>
public sealed record PanelQuote(Quote Quote, string Panel, string Place)
{
    /// <summary>Panel of quotes that the user brings: a price that was really asked or signed, so that it carries no error of method.</summary>
    public const string OwnPanel = "own";

    /// <summary>Who printed it, without the revision: its newest quote is the one that counts.</summary>
    public string Publisher => Quote.Source.Split(" rev ")[0];

    /// <summary>A stable name, which keys its perturbation.</summary>
    internal string Key =>
        $"{Quote.Accelerator}|{Quote.Basis}|{Panel}|{Quote.Date}|{Quote.KnownBy:yyyy-MM-dd}|{Quote.PerGpuHour:R}";
}
