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
        var known = catalog.AsOf(values.Month("decided"));
        var found = new StudyFindings(values, file);
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
        new DatesCheck(study, found).Add();
        Leases(study, found);
        ContractCheck.Add(study, found);
        new ActualsCheck(study, found).Add();
        ConstructionCheck.Add(study, found);
        Alternatives(study, found);
        Asked(study, found);
        if (!found.Refused)
        {
            new StudyMagnitudes(study, view, found).Add();
            StudySanity.Add(study, found);
            HallCheck.Add(study, view, found);
        }
        if (!found.Refused)
        {
            Readable(study, view, found);
        }
        return found.All;
    }

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
            CurveCheck.Add(values, found);
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

    private static void Leases(InputValues values, StudyFindings found)
    {
        var fleet = values.Items("fleet").Sum(f => f.Number("servers"));
        var signed = 0.0;
        foreach (var lease in values.Items("signed"))
        {
            var before = signed;
            signed += lease.Number("servers");
            if (signed > fleet && before <= fleet)
            {
                found.Refuse(
                    lease.Path.Key("servers"),
                    "more-than-the-fleet",
                    $"{signed} servers signed up to this lease",
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
        if (values.TextOrNull(Site) is { } site && site == values.Text("site.name"))
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
