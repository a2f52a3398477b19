using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Sets the promoter's claim beside the model's odds and the base rates known by the decision; the model never uses the claim.</summary>
/// <param name="values">The study file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
internal sealed class ForecastAudits(InputValues values, CatalogView view)
{
    /// <summary>What a study's promoter claims: hours let.</summary>
    private const string Asset = "compute lease";
    private const string NoTenant = "not named";

    /// <summary>The audit; null when the study carries no forecast.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="figures">The plan's draws.</param>
    public ForecastAudit? Of(StudyCase plan, DrawFigures figures)
    {
        if (!values.Has("forecast"))
        {
            return null;
        }
        var f = values.Section("forecast");
        var fill = f.Number("fill");
        var price = f.Number("price_per_gpu_hour");
        var servers = fill * plan.Fleets.Sum(x => x.Servers);
        var known = BaseRateCase.KnownOn(view);
        var rates = new PooledRates(known);
        var weighing = new ClaimWeighing(rates, Asset, Where());
        var items = f.Items("evidence");
        Paper[] papers = [.. items.Select(Paper)];
        var support = weighing.Weigh(
            [new Claim("forecast", Math.Max(servers, 1e-9))],
            papers,
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal),
            1
        )[0];
        var sound = figures.Sound;
        double Odds(Func<int, bool> reached) =>
            sound.Length > 0 ? (double)sound.Count(reached) / sound.Length : double.NaN;
        return new ForecastAudit(
            f.Text("by"),
            fill,
            price,
            Odds(i => figures.Fill[i] >= fill),
            Odds(i => figures.Rent[i] >= price),
            Odds(i => figures.Fill[i] >= fill && figures.Rent[i] >= price),
            Odds(i => figures.Fill[i] * figures.Rent[i] >= fill * price),
            servers,
            [.. items.Zip(support.Papers, (e, p) => Line(e, p, weighing))],
            support.Mean,
            support.Share.P90,
            support.Share.P10,
            rates.Cases.Count,
            BaseRates(support, rates)
        );
    }

    private static readonly string[] _europe =
        "AT BE CH DE DK ES FI FR GB IE IS IT NL NO PL PT SE".Split(' ');

    private string Where() =>
        CountryDefaults.CountryOf(values, view)?.Code switch
        {
            "CN" => "China",
            "US" => "US",
            { } code when _europe.Contains(code) => "Europe",
            null or { } => "other",
        };

    private static Paper Paper(InputValues e)
    {
        var tenant = e.Text("counterparty");
        return new Paper(
            0,
            e.Text("kind"),
            tenant == NoTenant ? "" : tenant,
            e.Number("servers"),
            Math.Min(1, e.Number("prepaid_share"))
        );
    }

    private static EvidenceLine Line(InputValues e, CountedPaper paper, ClaimWeighing weighing)
    {
        var rate = weighing.Rate(paper.Paper.Firmness);
        var named = (e.Flag("names_chip"), e.Flag("names_delivery_date")) switch
        {
            (true, true) => "names chip and delivery date",
            (true, false) => "names the chip, no delivery date",
            (false, true) => "names a delivery date, no chip",
            (false, false) => "names neither chip nor delivery date",
        };
        var paid =
            paper.Paper.Prepaid > 0
                ? $"{Words.Percent(paper.Paper.Prepaid)} paid in advance"
                : "nothing paid in advance";
        var counted = paper.Cut switch
        {
            Cut.None => "",
            Cut.Bare => "; worth no more than the claim itself",
            Cut.Tenant => $"; {Words.Amount(paper.Counted)} servers count, the tenant counts once",
            Cut.Capacity =>
                $"; {Words.Amount(paper.Counted)} servers count, the capacity counts once",
            Cut.Claim =>
                $"; {Words.Amount(paper.Counted)} servers count, firmer papers cover the claim",
            _ => throw new ArgumentOutOfRangeException(nameof(paper), paper.Cut, "No such cut."),
        };
        return new EvidenceLine(
            e.Text("kind"),
            e.Text("counterparty"),
            e.Number("servers"),
            paper.Counted,
            paper.Rate,
            rate.Matched,
            rate.SameFirmness,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{named}, {paid}{counted}; such paper came true to {Words.Percent(rate.Low)} to {Words.Percent(rate.High)}, from {rate.Matched} cases of its class, {rate.SameFirmness} as firm and {rate.All} in all"
            )
        );
    }

    /// <summary>What became of such claims elsewhere, as far as it was known.</summary>
    private static List<string> BaseRates(ClaimSupport support, PooledRates rates)
    {
        var said = new List<string>();
        if (rates.TooFew)
        {
            said.Add(
                $"Too few: {rates.Cases.Count} sourced cases were known by the decision, fewer than {PooledRates.Enough}; the weights say little."
            );
        }
        said.Add(
            $"A claim without evidence came true to {Words.Percent(support.Bare.Mean)} ({Words.Percent(support.Bare.Low)} to {Words.Percent(support.Bare.High)}), from {support.Bare.Matched} cases of its class, {support.Bare.SameFirmness} bare claims and {support.Bare.All} cases in all; {Words.Percent(support.Uncovered)} of this claim rests on nothing else."
        );
        said.AddRange(
            rates.Cases.Select(c =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{c.Name}: {c.Kind}, {Words.Percent(c.Share)} came true ({c.Source}, {c.Known:yyyy-MM}, grade {c.Grade}; {c.Place})"
                )
            )
        );
        return said;
    }
}
