using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Sites;

namespace Plimsoll.Studies;

/// <summary>A rented hall has the power of the servers in it, and a lease that lasts as long as they are looked at.</summary>
internal static class HallCheck
{
    /// <summary>Share of the servers' busy power below which they cannot all be loaded: what leases of capacity leave to diversity; own reading.</summary>
    private const double Tight = 0.9;

    /// <summary>Share below which not even half of them run: no hall for them.</summary>
    private const double TooSmall = 0.5;

    /// <summary>Times the busy power beyond which most of the rent is for nothing.</summary>
    private const double Wide = 2;

    /// <summary>Times beyond which it is a slip of the unit.</summary>
    private const double TooLarge = 10;

    /// <summary>Adds what is found.</summary>
    /// <param name="values">A study whose servers the catalogue knows.</param>
    /// <param name="view">The catalogue as known at the decision.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, CatalogView view, StudyFindings found)
    {
        if (!values.Has("hall"))
        {
            return;
        }
        Power(values, view, found);
        Term(values, found);
    }

    private static void Power(InputValues values, CatalogView view, StudyFindings found)
    {
        var busy = values
            .Items("fleet")
            .Sum(f => f.Number("servers") * ServerPower.Of(view, f.Text("server")).BusyKw);
        var kw = values.Number("hall.kw");
        var path = new InputPath("hall.kw");
        var expected = string.Create(
            CultureInfo.InvariantCulture,
            $"about the {busy:#,0} kW that the servers draw when busy"
        );
        if (kw < TooSmall * busy)
        {
            found.Refuse(
                path,
                "hall-too-small",
                $"{kw:#,0} kW",
                $"{expected}",
                "Less than half of the servers could run in it: correct the kilowatts, or the servers."
            );
        }
        else if (kw > TooLarge * busy)
        {
            found.Refuse(
                path,
                "hall-too-large",
                $"{kw:#,0} kW",
                $"{expected}",
                "More than ten times their power: kilowatts of the IT load are meant, not watts, nor those of the whole building."
            );
        }
        else if (kw < Tight * busy)
        {
            found.Warn(
                path,
                "hall-tight",
                $"{kw:#,0} kW",
                $"{expected}",
                "They cannot all be busy at once; the figures let them."
            );
        }
        else if (kw > Wide * busy)
        {
            found.Warn(
                path,
                "hall-wide",
                $"{kw:#,0} kW",
                $"{expected}",
                "The whole hall is paid for; what stands empty in it is given back, or sublet, by nobody in these figures."
            );
        }
    }

    private static void Term(InputValues values, StudyFindings found)
    {
        var (term, horizon) = (values.Integer("hall.term"), values.Integer("horizon"));
        if (term < horizon)
        {
            found.Warn(
                new InputPath("hall.term"),
                "hall-ends",
                $"a lease of the hall that ends in {values.Month("decided") + 1 + term}, {horizon - term} months before the last month looked at",
                $"a renewal",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The figures renew it at hall.renewal, {values.Number("hall.renewal"):0.##} times the rent before, while servers stand in it; agree it, or look no further than the lease."
                )
            );
        }
    }
}
