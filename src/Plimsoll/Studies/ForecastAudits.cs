using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Decisions.BaseRates;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
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
        var rates = new PooledRates(BaseRateCase.KnownOn(view));
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
        var known = BaseRates(support, rates);
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
            [.. known.Select(PhraseBook.English.Say)]
        )
        {
            RatesSaid = known,
        };
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
            (true, true) => Phrase.Of("evidence.names.both"),
            (true, false) => Phrase.Of("evidence.names.chip"),
            (false, true) => Phrase.Of("evidence.names.date"),
            (false, false) => Phrase.Of("evidence.names.none"),
        };
        var paid =
            paper.Paper.Prepaid > 0
                ? Phrase.Of("evidence.paid", paper.Paper.Prepaid)
                : Phrase.Of("evidence.unpaid");
        var why = Phrase.Of(
            paper.Cut switch
            {
                Cut.None => "evidence.why",
                Cut.Bare => "evidence.why.bare",
                Cut.Tenant => "evidence.why.tenant",
                Cut.Capacity => "evidence.why.capacity",
                Cut.Claim => "evidence.why.claim",
                _ => throw new ArgumentOutOfRangeException(
                    nameof(paper),
                    paper.Cut,
                    "No such cut."
                ),
            },
            named,
            paid,
            paper.Counted,
            rate.Low,
            rate.High,
            rate.Matched,
            rate.SameFirmness,
            rate.All
        );
        return new EvidenceLine(
            e.Text("kind"),
            e.Text("counterparty"),
            e.Number("servers"),
            paper.Counted,
            paper.Rate,
            rate.Matched,
            rate.SameFirmness,
            PhraseBook.English.Say(why)
        )
        {
            Because = why,
        };
    }

    /// <summary>What became of such claims elsewhere, as far as it was known.</summary>
    private static List<Phrase> BaseRates(ClaimSupport support, PooledRates rates)
    {
        var said = new List<Phrase>();
        if (rates.TooFew)
        {
            said.Add(Phrase.Of("evidence.few", rates.Cases.Count, PooledRates.Enough));
        }
        said.Add(
            Phrase.Of(
                "evidence.bare",
                support.Bare.Mean,
                support.Bare.Low,
                support.Bare.High,
                support.Bare.Matched,
                support.Bare.SameFirmness,
                support.Bare.All,
                support.Uncovered
            )
        );
        said.AddRange(
            rates.Cases.Select(c =>
                Phrase.Of(
                    "evidence.case",
                    c.Name,
                    Words.Named("evidence", c.Kind),
                    c.Share,
                    c.Source,
                    c.Known.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    $"{c.Grade}",
                    c.Place
                )
            )
        );
        return said;
    }
}
