using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Sets the promoter's claim beside the model's odds and the base rates known by the decision; the model never uses the claim.</summary>
/// <param name="values">The study file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
internal sealed class ForecastAudits(InputValues values, CatalogView view)
{
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
        var evidence = f.Items("evidence").Select(Weigh).ToList();
        var supported = evidence.Sum(e => e.Servers * e.Weight);
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
            evidence,
            servers > 0 ? Math.Min(1, supported / servers) : 0,
            BaseRates()
        );
    }

    private EvidenceLine Weigh(InputValues e)
    {
        var kind = e.Text("kind");
        var rate = view.Entry("base-rates", kind).Number("conversion");
        var chip = e.Flag("names_chip");
        var date = e.Flag("names_delivery_date");
        var prepaid = e.Number("prepaid_share");
        var weight =
            chip && date ? 0.5 * (rate.Value + rate.High)
            : chip || date ? rate.Value
            : 0.5 * (rate.Low + rate.Value);
        var firm = view.Entry("base-rates", "prepayment").Number("conversion").Value;
        weight += Math.Min(1, prepaid) * Math.Max(0, firm - weight);
        var named = (chip, date) switch
        {
            (true, true) => "names chip and delivery date",
            (true, false) => "names the chip, no delivery date",
            (false, true) => "names a delivery date, no chip",
            _ => "names neither chip nor delivery date",
        };
        var paid =
            prepaid > 0
                ? $", {Words.Percent(prepaid)} paid in advance"
                : ", nothing paid in advance";
        return new EvidenceLine(
            kind,
            e.Text("counterparty"),
            e.Number("servers"),
            weight,
            $"{named}{paid}; {rate.Source} ({rate.Low * 100:0} to {rate.High * 100:0} %, grade {rate.Grade})"
        );
    }

    /// <summary>What became of such claims elsewhere, as far as it was known.</summary>
    private List<string> BaseRates()
    {
        var rates = new List<string>();
        foreach (var entry in view.Entries("base-rates"))
        {
            foreach (var fact in entry.Facts.Where(f => f.Number is not null))
            {
                var word = fact.Attribute switch
                {
                    "terminated_share" => "terminated",
                    "executed_share" => "carried out",
                    "signed_share" => "signed once money was asked",
                    "recognised_share" => "turned into revenue",
                    _ => null,
                };
                if (word is not null)
                {
                    rates.Add(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{entry.Name}: {Words.Percent(fact.Number!.Value)} {word} ({fact.Text.Source}, {fact.Text.Published:yyyy-MM}, grade {fact.Text.Grade}; {fact.Place})"
                        )
                    );
                }
            }
        }
        return rates;
    }
}
