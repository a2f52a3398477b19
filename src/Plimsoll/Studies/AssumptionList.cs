using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>Every number the answer rests on, down to the study's line or the catalogue's row.</summary>
/// <param name="values">The study file.</param>
/// <param name="view">The catalogue as known at the decision.</param>
/// <param name="currency">Currency of the study, ISO code.</param>
internal sealed class AssumptionList(InputValues values, CatalogView view, string currency)
{
    /// <summary>The study's own numbers and defaults first, then the catalogue rows in use.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="market">china or us.</param>
    /// <param name="fitted">True when the market's ensemble was fitted on the targets.</param>
    public IReadOnlyList<Assumption> Of(StudyCase plan, string market, bool fitted)
    {
        var list = new List<Assumption>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var tranches = values.Section("finance").Items("debt");
        foreach (
            var number in plan
                .Site.All.Append(plan.Capability)
                .Concat(plan.Fleets.Select(f => f.CapexPerServer))
        )
        {
            Add(list, known, number);
        }
        foreach (
            var number in plan
                .Goodputs.Prepend(plan.Reach)
                .Append(plan.SoftwareGrowth)
                .Concat(plan.Leases.Select(l => l.BreachHazard))
                .Append(plan.Leases.Count > 0 ? plan.OperatorHazard : null)
        )
        {
            if (number is not null)
            {
                Add(list, known, number);
            }
        }
        foreach (
            var row in StudyInputs
                .Table()
                .Rows.Where(r => r.Type is InputType.Number or InputType.Integer)
        )
        {
            if (
                row.Path.Contains("[]", StringComparison.Ordinal)
                || row.Path.StartsWith("forecast.", StringComparison.Ordinal)
                || row.Path == "seed"
                || (tranches.Count > 0 && StudyDebt.IsOfOneLoan(row.Path))
                || (row.Default is null && !values.Has(row.Path))
            )
            {
                continue;
            }
            Add(list, known, values.Sourced(row.Path));
        }
        foreach (var fleet in values.Items("fleet"))
        {
            Stated(list, known, "fleet", fleet.TextOrNull("name") ?? fleet.Text("server"), fleet);
        }
        foreach (var tranche in tranches)
        {
            Stated(list, known, "finance.debt", tranche.Text("name"), tranche);
        }
        foreach (var lease in values.Items("signed"))
        {
            Stated(list, known, "signed", lease.Text("tenant"), lease);
            AddLease(list, known, lease);
        }
        foreach (var fleet in plan.Fleets.DistinctBy(f => f.Server))
        {
            Rows(list, "servers", fleet.Server);
            Rows(list, "accelerators", fleet.Accelerator);
        }
        Rows(list, "sites", plan.Plan.Site);
        Rows(list, "rules", "latency");
        Rows(list, "tax", values.Text("finance.tax"));
        if (plan.Plan.VoucherScheme is { } scheme)
        {
            Rows(list, "vouchers", scheme);
        }
        if (plan.Serves)
        {
            Rows(list, "models", values.Text("serving.model"));
        }
        if (fitted)
        {
            foreach (var name in view.Names("targets"))
            {
                Rows(list, "targets", name);
            }
        }
        foreach (var name in view.Names("rents").Where(n => Concerns(n, market)))
        {
            Rows(list, "rents", name);
        }
        return list;
    }

    /// <summary>What the answer takes of a tenant whose figures the study does not know, and of one behind with its rent.</summary>
    private void AddLease(List<Assumption> list, HashSet<string> known, InputValues lease)
    {
        foreach (var key in UnknownLeases.Of(lease))
        {
            Add(
                list,
                known,
                lease.Sourced(key) with
                {
                    Path = $"signed[{lease.Text("tenant")}].{key}",
                }
            );
        }
        if (Contracts.LeaseReader.InArrears(lease))
        {
            Add(list, known, lease.Sourced("arrears_default_factor"));
            Add(list, known, lease.Sourced("arrears_months"));
        }
    }

    /// <summary>The numbers that an item of a list states, under the item's name.</summary>
    private void Stated(
        List<Assumption> list,
        HashSet<string> known,
        string of,
        string name,
        InputValues item
    )
    {
        foreach (
            var key in StudyInputs
                .Table()
                .Children(of + "[]")
                .Where(r => r.Type is InputType.Number or InputType.Integer)
                .Select(r => r.Key)
                .Where(k => item.Has(k) && !item.IsUnknown(k))
        )
        {
            Add(list, known, item.Sourced(key) with { Path = $"{of}[{name}].{key}" });
        }
    }

    private static bool Concerns(string rent, string market) =>
        rent.Contains("world", StringComparison.Ordinal)
        || (market == "china" && rent.Contains("CN", StringComparison.Ordinal));

    private void Add(List<Assumption> list, HashSet<string> known, InputNumber number)
    {
        if (known.Add(number.Path))
        {
            var place = Phrase.Of(
                number.FromDefault ? "assumption.default" : "assumption.study",
                number.Path
            );
            list.Add(
                new Assumption(
                    number.Path,
                    Print(number.Value),
                    number.Low < number.High ? $"{Print(number.Low)} to {Print(number.High)}" : "",
                    StudyUnits.Of(number, currency),
                    number.Grade,
                    number.Source.Length > 0 ? number.Source : "convention of this program",
                    "",
                    PhraseBook.English.Say(place)
                )
                {
                    Stands = place,
                }
            );
        }
    }

    private void Rows(List<Assumption> list, string kind, string name)
    {
        if (view.Find(kind, name) is not { } entry)
        {
            return;
        }
        foreach (var fact in entry.Facts.Where(f => f.Number is not null))
        {
            var n = fact.Number!;
            list.Add(
                new Assumption(
                    $"{name}: {fact.Attribute} from {fact.Text.ValidFrom:yyyy-MM-dd}",
                    Print(n.Value),
                    n.Low < n.High ? $"{Print(n.Low)} to {Print(n.High)}" : "",
                    n.Unit,
                    n.Grade,
                    n.Source,
                    fact.Text.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    fact.Place
                )
            );
        }
    }

    private static string Print(double value) =>
        value.ToString("0.######", CultureInfo.InvariantCulture);
}
