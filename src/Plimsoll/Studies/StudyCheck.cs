using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Market.Motion;
using Plimsoll.Market.Quotes;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Finds what a run of the study would refuse although each of its values is sound, and what its report must warn of.</summary>
public static class StudyCheck
{
    /// <summary>Everything that contradicts itself or the catalogue of the day, in file order; those that are no warnings prevent a run.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="catalog">Everything known.</param>
    /// <param name="file">Name of the file for the messages.</param>
    public static IReadOnlyList<LocatedFinding> Of(
        InputValues values,
        FactCatalog catalog,
        string file
    )
    {
        using var culture = InvariantCulture.Begin();
        var known = WrittenHardware.In(values, catalog.AsOf(values.Month("decided")));
        var found = new StudyFindings(values, file);
        foreach (var finding in WrittenHardware.Findings(values))
        {
            found.Add(finding);
        }
        found.Add(RangeWarnings.Of(values, file));
        KnowledgeCheck.Add(values, catalog, known, found);
        SiteCheck.Add(values, known, found);
        if (found.Refused)
        {
            // What needs no catalogue is found all the same.
            new DatesCheck(values, found).Add();
            Leases(values, found);
            ContractCheck.Add(values, found);
            Alternatives(values, found);
            Asked(values, found);
            return found.All;
        }
        var reader = StudyReader.Of(values, known);
        var (study, view) = (reader.Values, reader.View);
        CountryCheck.Add(study, view, found);
        var placed = !found.Refused;
        new DatesCheck(study, found).Add();
        Leases(study, found);
        ContractCheck.Add(study, found);
        new ActualsCheck(study, found).Add();
        ConstructionCheck.Add(study, found);
        Alternatives(study, found);
        Asked(study, found);
        if (placed)
        {
            // An amount is judged by the catalogue alone: whatever else is wrong, it is told beside it.
            new StudyMagnitudes(study, view, found).Add();
        }
        if (!found.Refused)
        {
            StudySanity.Add(study, found);
            HallCheck.Add(study, view, found);
        }
        if (!found.Refused)
        {
            Readable(study, view, found);
        }
        return found.All;
    }

    private static readonly string[] _ofOneValue = ["magnitude", "beyond-the-term"];

    /// <summary>What stands wrongly in a form, and of the rest what can be told of a value by itself: an amount out of proportion, a month beyond its contract.</summary>
    /// <param name="found">What is wrong with the form.</param>
    /// <param name="root">The file.</param>
    /// <param name="table">Its table.</param>
    /// <param name="names">Names of the entries of a catalogue kind.</param>
    /// <param name="file">Its name.</param>
    /// <returns>The same in file order; nothing more where what is left without the wrong values is no study.</returns>
    public static IReadOnlyList<LocatedFinding> Beside(
        IReadOnlyList<LocatedFinding> found,
        InputMapping root,
        InputTable table,
        Func<string, IReadOnlyCollection<string>> names,
        string file
    )
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(root);
        var wrong = found.Select(f => f.Finding.Path.ToString()).ToHashSet(StringComparer.Ordinal);
        var rest = (InputMapping)Without(root, "", wrong);
        if (new InputCheck(table, names, file).Run(rest).Count > 0)
        {
            return found;
        }
        return
        [
            .. found
                .Concat(
                    Of(new InputValues(table, rest), FactCatalog.Shipped(), file)
                        .Where(f => !f.Finding.IsWarning && _ofOneValue.Contains(f.Finding.Rule))
                )
                .OrderBy(f => f.Line)
                .ThenBy(f => f.Column),
        ];
    }

    /// <summary>A node without the entries that stand wrongly.</summary>
    private static InputNode Without(InputNode node, string path, HashSet<string> wrong) =>
        node switch
        {
            InputMapping m => new InputMapping(
                [
                    .. m
                        .Entries.Select(e =>
                            (Entry: e, Path: path.Length == 0 ? e.Key : $"{path}.{e.Key}")
                        )
                        .Where(e => !wrong.Contains(e.Path))
                        .Select(e =>
                            e.Entry with
                            {
                                Value = Without(e.Entry.Value, e.Path, wrong),
                            }
                        ),
                ],
                m.Line,
                m.Column
            ),
            InputSequence s => new InputSequence(
                [
                    .. s.Items.Select(
                        (n, i) =>
                            Without(
                                n,
                                string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"),
                                wrong
                            )
                    ),
                ],
                s.Line,
                s.Column
            ),
            _ => node,
        };

    /// <summary>The sentences of all warnings, for the report.</summary>
    /// <param name="values">A checked file of kind study without findings that prevent a run.</param>
    /// <param name="catalog">Everything known.</param>
    public static IReadOnlyList<Phrase> Warnings(InputValues values, FactCatalog catalog) =>
        [.. Of(values, catalog, "").Where(f => f.Finding.IsWarning).Select(FindingWords.Warning)];

    /// <summary>The study is read as a run reads it; what the catalogue lacks on the day is said at the place that asks for it.</summary>
    private static void Readable(InputValues values, CatalogView view, StudyFindings found)
    {
        try
        {
            ServingCheck.Add(values, view, found);
            if (found.Refused)
            {
                return;
            }
            var reader = StudyReader.Of(values, view);
            Measured(values, reader, found);
            _ = reader.SiteAt(values.Text("site.name"));
            if (values.TextOrNull("options.elsewhere") is { } elsewhere)
            {
                _ = reader.SiteAt(elsewhere);
                _ = reader.Reach(elsewhere);
            }
            foreach (var finding in Finance.StudyDebt.Check(values, reader.MoneyTerms()))
            {
                found.Add(finding);
            }
            found.Add(
                OwnQuotes
                    .Check(
                        view,
                        values.Text("market.name"),
                        QuoteInputs.Read(values.Section("market"), "quotes", found.File)
                    )
                    .Findings
            );
            CurveCheck.Add(values, view, CountryDefaults.CountryOf(values, view)?.Currency, found);
            _ = MarketGivens.Of(view, values.Text("market.name"));
            _ = Ensemble.Of(view, values.Text("market.name"));
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidDataException)
        {
            found.Refuse(
                new InputPath("decided"),
                "not-yet-known",
                $"{values.Month("decided")}",
                $"a month in which the catalogue knows all that the study needs",
                $"{e.Message} Decide later, or state the number in the study."
            );
        }
    }

    /// <summary>Times the usual from which one is told that what was paid is far from what like centres pay.</summary>
    private const double FarFromUsual = 1.5;

    /// <summary>Share by which what was paid may differ from what the study states.</summary>
    private const double FarFromStated = 0.2;

    /// <summary>What running the centre has cost beside what the study and the catalogue say of it.</summary>
    private static void Measured(InputValues values, StudyReader reader, StudyFindings found)
    {
        if (reader.Measured() is not { } costs)
        {
            return;
        }
        var stated = costs.Error <= 0;
        var times = Math.Max(costs.Measured / costs.Expected, costs.Expected / costs.Measured);
        if (!(times > (stated ? 1 / (1 - FarFromStated) : FarFromUsual)))
        {
            return;
        }
        found.Warn(
            values.Items("actuals").MaxBy(m => m.Month("month"))!.Path.Key("running_cost"),
            stated ? "two-figures" : "unlike-like-centres",
            $"a running cost of {costs.Measured:#,0} a month over the last {costs.Months} months",
            stated
                ? (FormattableString)
                    $"about the {costs.Expected:#,0} that the study's own figures of 'site' come to"
                : $"about the {costs.Expected:#,0} that like centres pay",
            stated
                ? "The figures of 'site' count. Take out those that are estimates, and the months tell them; or correct the months."
                : "The months count: services and hall that 'site' does not state are taken to cost what they leave. If something is paid elsewhere, or by another company, add it to the months."
        );
    }

    private static void Leases(InputValues values, StudyFindings found)
    {
        var fleet = values.Items("fleet").Sum(f => f.Number("servers"));
        var kept = values.Number("centre.captive_share") * fleet;
        var signed = 0.0;
        IEnumerable<InputValues> leases = values.Items("signed");
        if (values.Has("offer"))
        {
            // What is offered comes beside what is signed.
            leases = leases.Append(values.Section("offer"));
        }
        foreach (var lease in leases)
        {
            var before = signed;
            signed += lease.Number("servers");
            if (signed > fleet && before <= fleet)
            {
                found.Refuse(
                    lease.Path.Key("servers"),
                    "more-than-the-fleet",
                    lease.Path.Text == "offer"
                        ? (FormattableString)
                            $"{lease.Number("servers")} servers offered for beside {before} signed"
                        : $"{signed} servers signed up to this lease",
                    $"at most the {fleet} servers of the fleet",
                    "No server is let twice: correct the leases or the fleet."
                        + (
                            lease.Number("servers") % 8 == 0 && lease.Number("servers") / 8 <= fleet
                                ? string.Create(
                                    CultureInfo.InvariantCulture,
                                    $" If accelerators are meant, write servers: {lease.Number("servers") / 8} for eight a server."
                                )
                                : ""
                        )
                );
            }
        }
        if (kept > 0 && signed <= fleet && signed > fleet - kept + 1)
        {
            found.Refuse(
                new InputPath("centre.captive_share"),
                "more-than-the-fleet",
                $"{kept:0.#} of {fleet} servers kept for the owner's own use beside {signed} signed",
                $"at most {Math.Max(0, fleet - signed):0.#} servers kept, the rest of the fleet",
                "No server is let twice: correct the leases, the share or the fleet."
            );
        }
    }

    /// <summary>What a question cannot do without.</summary>
    private static void Asked(InputValues values, StudyFindings found)
    {
        if (values.Text("question") == "offer" && !values.Has("offer"))
        {
            found.Refuse(
                new InputPath("question"),
                "missing-key",
                $"'offer' without the lease that is offered",
                $"'offer:' with its servers, price_per_gpu_hour and tenor",
                "Write the lease on the table, or ask another question."
            );
        }
    }

    private static void Alternatives(InputValues values, StudyFindings found)
    {
        const string Server = "options.other_server",
            Cost = "options.other_capex_per_server",
            Site = "options.elsewhere";
        if (values.TextOrNull(Site) is { } site && site == values.TextOrNull("site.name"))
        {
            found.Warn(
                new InputPath(Site),
                "without-effect",
                $"'{site}', the site of the plan itself",
                $"another site",
                "Name another site, or take it out: a plan is no alternative to itself."
            );
        }
        if (values.Has(Server) && !values.Has(Cost))
        {
            found.Refuse(
                new InputPath(Server),
                "missing-key",
                $"'{values.Text(Server)}' without its price",
                $"'{Cost}'",
                "Write what such a server costs, or take it out."
            );
        }
        else if (values.Has(Cost) && !values.Has(Server))
        {
            found.Warn(
                new InputPath(Cost),
                "without-effect",
                $"the price of another server",
                $"'{Server}' beside it",
                "Name the server, or take its price out."
            );
        }
    }
}
