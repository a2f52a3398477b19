using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Inputs;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Cases;

/// <summary>What a search or a sizing of an inference file could never do, found before it is begun.</summary>
internal static class PlanningCheck
{
    private static readonly string[] _asking = ["size", "search"];
    private static readonly string[] _promises = ["ttft", "tpot", "end_to_end"];

    /// <summary>Requests of a day below which nothing is sized: a single accelerator serves tens of thousands.</summary>
    private const double LeastRequestsADay = 100;

    /// <summary>All that is wrong.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="view">The catalogue of its day.</param>
    /// <param name="deployment">What the file serves; a search or a sizing varies it.</param>
    /// <param name="search">The search; null for none.</param>
    /// <param name="size">The sizing.</param>
    public static IEnumerable<Finding> Of(
        InputValues values,
        CatalogView view,
        Deployment deployment,
        SearchSpace? search,
        SizePlan size
    ) =>
        [
            .. Window(values, deployment.Model),
            .. Promised(values),
            .. search is null ? [] : Layouts(search, deployment),
            .. values.Has("size") ? Chips(values, view, size, deployment) : [],
            .. Tokens(values),
        ];

    /// <summary>Clients whose mean request is longer than the model's window would all be cut to it.</summary>
    private static IEnumerable<Finding> Window(InputValues values, LanguageModel model)
    {
        if (model.MaxContext <= 0)
        {
            yield break;
        }
        var (input, output) = (
            values.Number("workload.input_scale"),
            values.Number("workload.output_scale")
        );
        foreach (var client in values.Items("workload.clients"))
        {
            var tokens =
                (client.Number("input_tokens") * input) + (client.Number("output_tokens") * output);
            if (tokens > model.MaxContext)
            {
                yield return new Finding(
                    client.Path.Key("input_tokens"),
                    "context-window",
                    $"{InputText.Plain(tokens)} tokens of prompt and answer on average",
                    $"at most {model.MaxContext} ({model.Name})",
                    "Shorten the requests, or name a model of a longer window."
                );
            }
        }
    }

    /// <summary>A search and a sizing ask what keeps a promise.</summary>
    private static IEnumerable<Finding> Promised(InputValues values)
    {
        foreach (var key in _asking.Where(values.Has))
        {
            if (!_promises.Any(k => values.NumberOrNull($"promise.{k}") is not null))
            {
                yield return new Finding(
                    new InputPath(key),
                    "needs-another-key",
                    $"'{key}' without a promise",
                    "'promise' with ttft, tpot or end_to_end beside it",
                    $"Say what is promised, or take '{key}' out: it asks what keeps a promise."
                );
            }
        }
    }

    /// <summary>Layouts to be tried of which none can be laid out on the accelerators.</summary>
    private static IEnumerable<Finding> Layouts(SearchSpace search, Deployment given)
    {
        var heads = given.Model.Heads;
        if (search.TensorParallel.Length == 0)
        {
            yield break;
        }
        var whole = search.TensorParallel.Where(t => heads % t == 0).ToList();
        var path = new InputPath("search.tensor_parallel");
        if (whole.Count == 0)
        {
            yield return new Finding(
                path,
                "layout",
                Listed(search.TensorParallel),
                $"a divisor of the {heads} heads of {given.Model.Name}",
                "Heads are dealt out whole."
            );
        }
        else if (
            !whole.Any(t =>
                search.AttentionDataParallel.Any(d => search.Accelerators % (t * d) == 0)
            )
        )
        {
            yield return new Finding(
                path,
                "layout",
                $"replicas of {Listed(whole.SelectMany(t => search.AttentionDataParallel.Select(d => t * d)))} accelerators, of which none divides {search.Accelerators}",
                $"a divisor of the {search.Accelerators} accelerators of 'search.accelerators'",
                "All accelerators are used: change their number, or the ways to try."
            );
        }
    }

    private static string Listed(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Distinct().Select(n => n.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Chips that cannot compute in the precision, or run the engine, that is asked of them.</summary>
    private static IEnumerable<Finding> Chips(
        InputValues values,
        CatalogView view,
        SizePlan size,
        Deployment given
    )
    {
        var items = values.Section("size").Items("chips");
        for (var i = 0; i < items.Count; i++)
        {
            var chip = size.Chips[i];
            if (view.Find(Accelerator.Kind, chip.Accelerator) is null)
            {
                continue;
            }
            var own = given with
            {
                Accelerator = Accelerator.Of(view, chip.Accelerator),
                Engine = chip.Engine,
                Precision = chip.Precision,
                WeightsOnly = given.WeightsOnly && chip.Precision == given.Precision,
            };
            foreach (
                var finding in DeploymentCheck
                    .Of(own, items[i].Path)
                    .Where(f => f.Rule is "precision" or "engine")
            )
            {
                yield return finding;
            }
        }
    }

    /// <summary>So few tokens that nothing is sized by them.</summary>
    private static IEnumerable<Finding> Tokens(InputValues values)
    {
        if (values.NumberOrNull("size.tokens_per_day") is not { } tokens)
        {
            yield break;
        }
        var clients = values.Items("workload.clients");
        var rate = clients.Sum(c => c.Number("rate"));
        // Of a trace or a mixture the mean is not known before it is read; a short question and answer stand for it.
        var each =
            rate > 0
                ? clients.Sum(c =>
                    c.Number("rate") * (c.Number("input_tokens") + c.Number("output_tokens"))
                ) / rate
                : 100;
        if (tokens < LeastRequestsADay * each)
        {
            yield return new Finding(
                new InputPath("size.tokens_per_day"),
                "out-of-range",
                $"{InputText.Plain(tokens)} tokens a day, where a request has {InputText.Plain(Math.Round(each))}",
                $"at least {InputText.Plain(Math.Ceiling(LeastRequestsADay * each))}",
                "Write the tokens of all requests of a day together."
            );
        }
    }
}
