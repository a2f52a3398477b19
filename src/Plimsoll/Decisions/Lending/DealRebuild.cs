using MathNet.Numerics.Distributions;
using Plimsoll.Contracts;
using Plimsoll.Sampling;

namespace Plimsoll.Decisions.Lending;

/// <summary>Assumptions under which a deal of the past is rebuilt from its class and term alone; printed with the result.</summary>
/// <remarks>Own priors of grade D, the same for every date, so that nothing learnt later enters a deal's rebuild.</remarks>
public sealed record RebuildTerms
{
    /// <summary>Loan over the cost of the accelerators when drawn.</summary>
    public double Advance { get; init; } = 0.7;

    /// <summary>Yearly base rate, for the shape of repayment.</summary>
    public double BaseRate { get; init; } = 0.045;

    /// <summary>Yearly fall of the logarithm of the second-hand value.</summary>
    public double ResaleFall { get; init; } = 0.4;

    /// <summary>Yearly standard deviation of that logarithm.</summary>
    public double ResaleWidth { get; init; } = 0.35;

    /// <summary>Part of that deviation that the credit factor carries, 0 to 1: rents and second-hand values fall together.</summary>
    public double ResaleLoading { get; init; } = 0.7;

    /// <summary>Months from default until the sale is paid.</summary>
    public int MonthsToSell { get; init; } = 6;

    /// <summary>Draws, at least 1.</summary>
    public int Draws { get; init; } = 20_000;

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>A deal of the past, priced by today's rule on what its class and term say.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Margin">Margin required beside the one paid.</param>
/// <param name="Losses">Losses over its draws.</param>
/// <param name="DefaultOdds">Odds of default over its life, 0 to 1.</param>
/// <param name="Rating">The class whose companies fail as often.</param>
public sealed record DealRebuild(
    ComparableDeal Deal,
    RequiredMargin Margin,
    LossTail Losses,
    double DefaultOdds,
    string Rating
)
{
    /// <summary>True when the margin paid covers the one required.</summary>
    public bool Lent => Margin.Headroom >= 0;

    /// <summary>Rebuilds a deal.</summary>
    /// <param name="deal">With a known term.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="terms">Assumptions.</param>
    /// <remarks>
    /// One contract of the loan's term pays an equal service until its counterparty fails; then the accelerators are sold. What the sale does not bring stays a
    /// claim: on the guarantor, who pays it unless he too has failed by the time of the sale, and on the counterparty, which pays its class's share, as it does on an
    /// unsecured loan, which is repaid at the end. A lender with security is so never worse off than one without.
    /// </remarks>
    /// <exception cref="ArgumentException">The term is not known.</exception>
    public static DealRebuild Of(ComparableDeal deal, LendingRule rule, RebuildTerms terms)
    {
        var tenor =
            deal.TenorMonths ?? throw new ArgumentException("The term is not known.", nameof(deal));
        var behind = deal.Guarantor is { } guarantor
            ? CounterpartyOdds.Of(
                new Counterparty($"guarantor of {deal.Name}") { Class = guarantor }
            )
            : null;
        var odds = CounterpartyOdds.Of(new Counterparty(deal.Name) { Class = deal.Standing });
        var balance = Balance(deal, terms, tenor);
        var loss = new double[terms.Draws];
        var defaulted = new bool[terms.Draws];
        var life = 0.0;
        for (var draw = 0; draw < terms.Draws; draw++)
        {
            var factor = CreditFactor.Own(terms.Seed, draw);
            var month = odds.Draw(terms.Seed, draw, factor, tenor).DefaultMonth;
            defaulted[draw] = month < tenor;
            life += balance.Take(Math.Min(month, tenor)).Sum() / 12 / terms.Draws;
            if (defaulted[draw])
            {
                var until = month + terms.MonthsToSell + 1;
                var stands =
                    behind is not null
                    && behind.Draw(terms.Seed, draw, factor, until).DefaultMonth >= until;
                loss[draw] = stands
                    ? 0
                    : Lost(deal, rule, terms, balance[month], month, draw, factor.At(0));
            }
        }
        var tail = LossTail.Of(loss, defaulted, rule.TailShare);
        var margin = new RequiredMargin(
            tail.Expected / life,
            rule.TailCharge * tail.Tail,
            0,
            deal.Margin,
            rule.MarginFloor
        );
        var share = defaulted.Count(d => d) / (double)terms.Draws;
        return new DealRebuild(
            deal,
            margin,
            tail,
            share,
            RatingClass.Of(RatingClass.Yearly(share, tenor / 12.0))
        );
    }

    /// <summary>Balance at the start of every month, as a share of the loan.</summary>
    private static double[] Balance(ComparableDeal deal, RebuildTerms terms, int tenor)
    {
        var rate = (terms.BaseRate + deal.Margin) / 12;
        var payment = rate / (1 - Math.Pow(1 + rate, -tenor));
        var balance = new double[tenor];
        var left = 1.0;
        for (var m = 0; m < tenor; m++)
        {
            balance[m] = left;
            left = deal.Unsecured ? left : (left * (1 + rate)) - payment;
        }
        return balance;
    }

    private static double Lost(
        ComparableDeal deal,
        LendingRule rule,
        RebuildTerms terms,
        double balance,
        int month,
        int draw,
        double factor
    )
    {
        if (deal.Unsecured)
        {
            return balance * (1 - CreditTerms.Of(deal.Standing).Recovery);
        }
        var years = (month + terms.MonthsToSell) / 12.0;
        var stream = RandomStream.Keyed(
            terms.Seed,
            draw,
            EntityId.Of("second-hand value"),
            Purpose.Shocks
        );
        var own = Normal.InvCDF(0, 1, stream.NextOpenUniform());
        var shock =
            (terms.ResaleLoading * factor)
            + (Math.Sqrt(1 - (terms.ResaleLoading * terms.ResaleLoading)) * own);
        var value =
            Math.Exp((-terms.ResaleFall * years) + (terms.ResaleWidth * Math.Sqrt(years) * shock))
            / terms.Advance;
        var claim = Math.Max(0, balance - (rule.OrderlyShare * value));
        var kept = 1 - CreditTerms.Of(deal.Standing).Recovery;
        return claim * kept * (1 - (deal.Guarantor is { } g ? CreditTerms.Of(g).Recovery : 0));
    }
}
