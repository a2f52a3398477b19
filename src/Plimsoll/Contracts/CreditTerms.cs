using Plimsoll.Quantities;

namespace Plimsoll.Contracts;

/// <summary>What a class of counterparties is worth as a credit.</summary>
/// <param name="YearlyDefaultRate">Chance of default in a year, mean over good and bad years, 0 to 1.</param>
/// <param name="Low">Low end of its 80 % range.</param>
/// <param name="High">High end of its 80 % range.</param>
/// <param name="Recovery">Share of a claim on it that is collected after default or breach, 0 to 1.</param>
/// <param name="FactorLoading">Log by which its default rate rises when the credit factor, which moves with rents, falls by one standard deviation; 0 or more.</param>
/// <param name="Pressure">What a falling market does to its contracts.</param>
/// <param name="Source">Where the default rate comes from.</param>
/// <param name="Grade">How well it is founded.</param>
/// <remarks>
/// Rates of rated classes are issuer-weighted averages of 1981-2023, from memory. Recovery, loading and pressure are own priors of grade D in every class:
/// no public record of compute leases says what becomes of a claim or how often a price is cut. Chinese filings of terminated
/// contracts show that unrated tenants do leave when rents fall; an investment-grade tenant is held to its contract.
/// </remarks>
public sealed record CreditTerms(
    double YearlyDefaultRate,
    double Low,
    double High,
    double Recovery,
    double FactorLoading,
    MarketPressure Pressure,
    string Source,
    Grade Grade
)
{
    private const string Study =
        "S&P Global Ratings, 2023 annual global corporate default and rating transition study, 28 March 2024, from memory";

    /// <summary>The printed terms of a class.</summary>
    public static CreditTerms Of(CreditClass of) =>
        of switch
        {
            CreditClass.InvestmentGrade => new(
                0.0009,
                0.0002,
                0.0026,
                0.4,
                0.3,
                MarketPressure.None,
                Study + ": long-run average of investment grade; range from A to BBB-",
                Grade.B
            ),
            CreditClass.RatedBelow => new(
                0.037,
                0.006,
                0.1,
                0.35,
                0.5,
                new(0.005, 0.02),
                Study + ": long-run average of speculative grade; range from BB to B-",
                Grade.B
            ),
            CreditClass.FundedLab => new(
                0.06,
                0.02,
                0.15,
                0.2,
                0.8,
                new(0.015, 0.05),
                "own prior, between a rating of B and CCC: lives on funding rounds",
                Grade.D
            ),
            CreditClass.StartUp => new(
                0.15,
                0.08,
                0.27,
                0.1,
                1,
                new(0.03, 0.08),
                "own prior, between a rating of B- and the average of CCC to C",
                Grade.D
            ),
            CreditClass.Affiliate => new(
                0.06,
                0.02,
                0.15,
                0.2,
                0.8,
                new(0.03, 0.08),
                "own prior: as a funded lab, and falls with its parent",
                Grade.D
            ),
            CreditClass.PublicBody => new(
                0.002,
                0.0005,
                0.01,
                0.5,
                0.2,
                new(0.005, 0.03),
                "own prior, near investment grade; budgets are cut more often than debts are left",
                Grade.D
            ),
        };

    /// <summary>The class in the words of a study file and a memo.</summary>
    public static string Word(CreditClass of) =>
        of switch
        {
            CreditClass.InvestmentGrade => "investment grade",
            CreditClass.RatedBelow => "rated below",
            CreditClass.FundedLab => "funded lab",
            CreditClass.StartUp => "start-up",
            CreditClass.Affiliate => "affiliate",
            CreditClass.PublicBody => "public body",
        };

    /// <summary>All words, in the order of the classes.</summary>
    public static IReadOnlyList<string> WordsOfAll =>
        [.. Enum.GetValues<CreditClass>().Select(Word)];

    /// <summary>The class of a word; null for none of them.</summary>
    public static CreditClass? Parse(string word) =>
        Enum.GetValues<CreditClass>()
            .Where(c => Word(c) == word)
            .Cast<CreditClass?>()
            .FirstOrDefault();
}
