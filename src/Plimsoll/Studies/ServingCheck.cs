using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>The model served must fit on the fleet's server, in a precision and a layout that it can compute; nothing is simulated for it.</summary>
internal static class ServingCheck
{
    /// <summary>Adds why no layout holds the model.</summary>
    /// <param name="values">The file.</param>
    /// <param name="view">The catalogue as known at the decision; the names of the study are known in it.</param>
    /// <param name="found">Findings.</param>
    public static void Add(InputValues values, CatalogView view, StudyFindings found)
    {
        if (!KnowledgeCheck.Serves(values))
        {
            return;
        }
        ServingProfile.Check(values, found);
        if (found.Refused)
        {
            return;
        }
        if (TooLongForTheModel(values, view) is { } beyond)
        {
            found.Add(beyond);
            return;
        }
        var served = new ServedModel(values, view);
        if (!VersionIsKnown(values, view, served, found))
        {
            return;
        }
        var refusals = new List<(string Server, IReadOnlyList<Finding> Findings)>();
        var holds = false;
        foreach (var fleet in new FleetReader(values, view).Fleets().DistinctBy(f => f.Server))
        {
            var layouts = served
                .Layouts(values.Section("serving"), fleet)
                .Select(l => Refusals(l, fleet))
                .ToList();
            if (layouts.Exists(l => l.Count == 0) || served.HoldsOver(fleet))
            {
                if (served.CannotRun(fleet) is { Count: > 0 } reasons)
                {
                    refusals.Add((fleet.Server, [TooLong(reasons)]));
                    continue;
                }
                holds = true;
                continue;
            }
            // The widest layout tried is the last, and comes nearest to holding the model.
            refusals.Add((fleet.Server, layouts[^1]));
        }
        Finding TooLong(IReadOnlyList<string> reasons) =>
            new(
                new InputPath("serving.input_tokens"),
                "does-not-fit",
                $"requests of {values.Section("serving").Number("input_tokens"):#,0} prompt tokens where {reasons[0]}",
                "a layout that holds one request beside the weights",
                "Ask for shorter requests, more accelerators a replica, a smaller precision or model."
            );
        IReadOnlyList<Finding> Refusals(Deployment layout, FleetCase fleet) =>
            layout.Accelerators > fleet.Accelerators
                ?
                [
                    new Finding(
                        new InputPath(
                            values.Has("serving.replica_servers")
                                ? "serving.replica_servers"
                                : "serving.tensor_parallel"
                        ),
                        "out-of-range",
                        $"a replica of {layout.Accelerators} accelerators",
                        $"at most the {fleet.Accelerators:0} of the fleet",
                        "Take a smaller replica, or leave the key away for the best layout."
                    ),
                ]
                : ServedLaw
                    .Of(served.Calibration, view.AsOf, layout, new InputPath("serving"))
                    .Refusals;
        foreach (var (server, findings) in refusals)
        {
            foreach (var finding in findings)
            {
                found.Add(
                    finding with
                    {
                        Found = $"{finding.Found}, on {server}",
                        IsWarning = holds,
                        Remedy = holds
                            ? $"{finding.Remedy} As it stands these servers are let and serve no tokens."
                            : finding.Remedy,
                    }
                );
            }
        }
    }

    /// <summary>Refuses a version of the engine that nobody measured by the decision, and warns of one that the law does not tell apart; false when it is refused.</summary>
    private static bool VersionIsKnown(
        InputValues values,
        CatalogView view,
        ServedModel served,
        StudyFindings found
    )
    {
        if (
            !values.Has("serving.engine_version")
            || new FleetReader(values, view).Fleets() is not [var fleet, ..]
        )
        {
            return true;
        }
        var law = ServedLaw.Of(
            view,
            served.Layouts(values.Section("serving"), fleet).First(),
            new InputPath("serving")
        );
        var refused = law.Refusals.Where(f => f.Rule == "unknown-version").ToList();
        foreach (var finding in refused)
        {
            found.Add(finding);
        }
        foreach (var finding in law.Warnings.Where(f => f.Path.Text == "serving.engine_version"))
        {
            found.Add(finding with { IsWarning = true });
        }
        return refused.Count == 0;
    }

    /// <summary>Requests longer than the window of the model, which no engine takes.</summary>
    private static Finding? TooLongForTheModel(InputValues values, CatalogView view)
    {
        var serving = values.Section("serving");
        var model = LanguageModel.Of(view, serving.Text("model"));
        var tokens = serving.Number("input_tokens") + serving.Number("output_tokens");
        return model.MaxContext <= 0 || tokens <= model.MaxContext
            ? null
            : new Finding(
                new InputPath("serving.input_tokens"),
                "context-window",
                $"{InputText.Plain(tokens)} tokens of prompt and answer",
                $"at most {model.MaxContext} ({model.Name})",
                "Shorten the requests, or name a model of a longer window."
            );
    }
}
