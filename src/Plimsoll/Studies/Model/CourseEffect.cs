using Plimsoll.Outlooks;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>What a course of action does to a centre beyond the market's answer to it: a share kept, a notice paid, a hall rented.</summary>
public interface ICourseEffect
{
    /// <summary>The outlook with the effect, running costs already in it.</summary>
    /// <param name="study">The case.</param>
    /// <param name="sites">Its site, by fleet.</param>
    /// <param name="outlook">With the months of its fleets and its running costs.</param>
    MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook);

    /// <summary>True when it sells a fleet in the first month that stays where it is: what is not yet written off of it is then set against the price.</summary>
    /// <param name="fleet">One of the centre's.</param>
    bool SellsAtOnce(FleetCase fleet) => false;
}

/// <summary>Money paid, or received, once at the start for a course of action.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Amount">Money, 0 or more.</param>
public sealed record CourseCost(string Name, double Amount)
{
    /// <summary>True for debt repaid, and what repaying it costs: it falls away where nothing is owed, and the money repaid is no asset.</summary>
    public bool IsDebt { get; init; }

    /// <summary>True for damages and fees (cancelled orders, a tenant paid to leave, a charge on early repayment): they buy nothing, so they are outside value added tax, deducted in the month of payment and not insured.</summary>
    public bool IsDamages { get; init; }

    /// <summary>Its name in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary>A cost whose name can be said in any language.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="amount">Money, 0 or more.</param>
    public static CourseCost Of(Phrase title, double amount) =>
        new(Decisions.PhraseBook.English.Say(title), amount) { Title = title };
}
