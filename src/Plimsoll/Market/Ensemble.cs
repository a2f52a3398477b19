using System.Globalization;
using System.Text;
using Plimsoll.Catalog;
using Plimsoll.Sampling;

namespace Plimsoll.Market;

/// <summary>The members of the latest vintage that the day of the view allows, or the prior when there is none.</summary>
/// <param name="Members">Members; empty for a prior.</param>
/// <param name="DataTo">Date of the last datum used, as written; empty for a prior.</param>
/// <param name="Priors">The market's priors.</param>
public sealed record Ensemble(
    IReadOnlyList<Member> Members,
    string DataTo,
    IReadOnlyList<Prior> Priors
)
{
    /// <summary>False when this is an unfitted prior.</summary>
    public bool Fitted => Members.Count > 0;

    /// <summary>Reads the ensemble of a market.</summary>
    public static Ensemble Of(CatalogView view, string market)
    {
        var priors = Prior.Of(market);
        if (view.Derived($"market-ensemble-{market}") is not { } table)
        {
            return new Ensemble([], "", priors);
        }
        var latest = table.Rows.Max(r => table.Cell(r, "data_to"))!;
        var names = Enum.GetNames<Parameter>();
        var members = table
            .Rows.Where(r => table.Cell(r, "data_to") == latest)
            .Select(r => new Member(
                Enum.Parse<RentLaw>(table.Cell(r, "law")),
                table.Cell(r, "world_link") == "on",
                [
                    .. names.Select(name =>
                        double.Parse(table.Cell(r, name), CultureInfo.InvariantCulture)
                    ),
                ]
            ));
        return new Ensemble([.. members], latest, priors);
    }

    /// <summary>The member of a draw: laws in turn, then a member of that law at random; parameters of the future drawn afresh.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="draw">Number of the draw.</param>
    /// <param name="worldLink">on, off or half.</param>
    public Member Draw(ulong seed, int draw, string worldLink)
    {
        var law = (RentLaw)(draw % 3);
        var link = worldLink == "on" || (worldLink == "half" && draw / 3 % 2 == 0);
        var stream = RandomStream.Keyed(seed, draw, EntityId.Of("market member"), Purpose.Shocks);
        var fit = Members.Where(m => m.Law == law && m.WorldLink == link).ToList();
        var values =
            fit.Count > 0
                ? [.. fit[stream.NextInteger(fit.Count)].Values]
                : new double[Prior.Count];
        foreach (
            var prior in Priors.Where(p => fit.Count == 0 || p.Parameter >= Parameter.TokenGrowth)
        )
        {
            values[(int)prior.Parameter] = prior.Distribution.Draw(ref stream);
        }
        return new Member(law, link, values);
    }

    /// <summary>Rows of a fitted artefact.</summary>
    public static string ToCsv(IEnumerable<Member> members, string dataTo)
    {
        var csv = new StringBuilder("data_to,law,world_link,")
            .AppendJoin(',', Enum.GetNames<Parameter>())
            .Append('\n');
        foreach (var member in members)
        {
            csv.Append(dataTo)
                .Append(',')
                .Append(member.Law)
                .Append(',')
                .Append(member.WorldLink ? "on" : "off");
            foreach (var value in member.Values)
            {
                csv.Append(',').Append(value.ToString("G5", CultureInfo.InvariantCulture));
            }
            csv.Append('\n');
        }
        return csv.ToString();
    }
}
