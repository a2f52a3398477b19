using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies;

namespace Plimsoll.Portfolios;

/// <summary>Servers of a centre by what the catalogue tells of its project, and how they were worked out in the words of any language.</summary>
/// <param name="Servers">The number with its range.</param>
/// <param name="Said">How it was worked out.</param>
internal sealed record CountedServers(InputNumber Servers, Phrase Said);

/// <summary>Servers of a centre whose number the file does not know and whose project the catalogue does: by its accelerators, its computing power, or the money it is to cost.</summary>
internal static class ProjectSize
{
    /// <summary>Share of a project's stated cost that goes to servers; the rest is halls, power, network and announcement. Own prior, from the one project of which the catalogue holds cost and power (Yichang, 2024).</summary>
    private const double ServerShare = 0.35;

    /// <summary>The number for a kind of server with its range; null where the catalogue tells neither.</summary>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="project">Name of the project; null for none.</param>
    /// <param name="server">Kind of server.</param>
    /// <param name="standing">True for a centre that runs: what operates counts, where it is told.</param>
    /// <param name="money">Currency of the market.</param>
    public static CountedServers? Of(
        CatalogView view,
        string? project,
        string server,
        bool standing,
        Currency money
    )
    {
        if (project is null || view.Find("projects", project) is not { } known)
        {
            return null;
        }
        double? Told(string attribute) =>
            known.NumberOrNull(attribute)?.Value is { } value and > 0 ? value : null;
        var kind = view.Find("servers", server);
        var count = kind?.NumberOrNull("accelerators")?.Value ?? 8;
        if (Told("accelerators") is { } chips)
        {
            return Number(
                chips / count,
                0.8,
                1.2,
                Phrase.Of("portfolio.counted.accelerators", project)
            );
        }
        var power =
            (standing ? Told("pflops_operating") : null)
            ?? Told("pflops_planned")
            ?? Told("pflops_operating");
        var perChip = view.Find(Accelerator.Kind, kind?.TextOrNull("accelerator") ?? "")
            ?.NumberOrNull("bf16_dense")
            ?.Value;
        if (power is { } pflops && perChip is { } teraflops)
        {
            // What is announced is at times of another precision, or never all put in.
            return Number(
                pflops * 1000 / (count * teraflops),
                0.5,
                1.1,
                Phrase.Of("portfolio.counted.power", project, server)
            );
        }
        return
            Told("capex") is { } cost && new UsualAmounts(view).Server(server, money) is { } price
            ? Number(
                ServerShare * cost / Math.Sqrt(price.Low * price.High),
                0.5,
                2,
                Phrase.Of("portfolio.counted.cost", project, ServerShare, server)
            )
            : null;
    }

    private static CountedServers Number(double servers, double low, double high, Phrase said) =>
        new(
            new InputNumber(
                "",
                Math.Max(1, Math.Round(servers)),
                Math.Max(1, servers * low),
                Math.Max(1, servers * high),
                "servers",
                PhraseBook.English.Say(said),
                Grade.D,
                true
            ),
            said
        );
}
