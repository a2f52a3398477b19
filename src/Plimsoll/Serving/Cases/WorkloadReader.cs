using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;
using Plimsoll.Workloads.Traces;

namespace Plimsoll.Serving.Cases;

/// <summary>Reads the requests of an inference file: a trace, a mixture of a folder, or clients written out.</summary>
internal sealed class WorkloadReader
{
    private static readonly string[] _origins = ["trace", "mixture", "clients"];
    private readonly InputValues _values;
    private readonly StudyFolder _folder;
    private readonly List<Finding> _findings;

    private WorkloadReader(InputValues values, StudyFolder folder, List<Finding> findings)
    {
        _values = values;
        _folder = folder;
        _findings = findings;
    }

    /// <summary>The requests; null when findings were added that say why not.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="folder">Where the files that it names are looked for.</param>
    /// <param name="findings">Where to add what is wrong.</param>
    public static WorkloadPlan? Read(
        InputValues values,
        StudyFolder folder,
        List<Finding> findings
    ) => new WorkloadReader(values, folder, findings).Workload();

    private WorkloadPlan? Workload()
    {
        var w = _values.Section("workload");
        var given = _origins.Where(w.Has).ToList();
        if (given.Count != 1)
        {
            Refuse(
                "workload",
                "workload",
                given.Count == 0 ? "no requests" : string.Join(" and ", given),
                "one of trace, mixture, clients",
                "Say where the requests come from."
            );
            return null;
        }
        var until = w.NumberOrNull("until") ?? double.PositiveInfinity;
        if (until <= w.Number("from"))
        {
            Refuse(
                "workload.until",
                "empty",
                $"{until} s",
                $"later than from ({w.Number("from")} s)",
                "Move the end."
            );
            return null;
        }
        var requests = w.NumberOrNull("requests");
        var plan = new WorkloadPlan
        {
            BrokenShare = w.Number("broken_share"),
            Dates = w.Text("dates") switch
            {
                "day_first" => DateOrder.DayFirst,
                "month_first" => DateOrder.MonthFirst,
                _ => DateOrder.YearFirst,
            },
            Copies = w.Integer("copies"),
            Seed = (ulong)_values.Integer("seed"),
            Shape = new WorkloadShape(
                w.Number("from"),
                until,
                (long)(
                    requests
                    ?? (given[0] == "trace" || !double.IsInfinity(until) ? long.MaxValue : 100_000)
                ),
                w.Number("rate_scale"),
                w.Number("input_scale"),
                w.Number("output_scale"),
                w.Number("stored_share")
            ),
        };
        return given[0] switch
        {
            "trace" => ReadTrace(plan, w.Text("trace")),
            "mixture" => ReadMixture(plan, w),
            _ => Written(plan, w),
        };
    }

    private WorkloadPlan? ReadTrace(WorkloadPlan plan, string name)
    {
        try
        {
            return plan with { Trace = _folder.File(name), TraceName = name };
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("workload.trace")));
            return null;
        }
    }

    private WorkloadPlan? ReadMixture(WorkloadPlan plan, InputValues w)
    {
        var name = w.Text("mixture");
        try
        {
            return plan with
            {
                Mixture = ServeGenFiles.Read(_folder.FileOrFolder(name), w.Text("service"), name),
            };
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(new InputPath("workload.mixture")));
            return null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            Refuse(
                "workload.mixture",
                "mixture",
                e.Message,
                "a mixture in the layout of ServeGen",
                "Correct the file or name the service."
            );
            return null;
        }
    }

    private WorkloadPlan? Written(WorkloadPlan plan, InputValues w)
    {
        var clients = new List<MixtureClient>();
        foreach (var item in w.Items("clients"))
        {
            var hourly = item.Numbers("hourly");
            if (hourly.Any(h => h < 0) || (hourly.Length > 0 && hourly.Sum() <= 0))
            {
                _findings.Add(
                    new Finding(
                        item.Path.Key("hourly"),
                        "range",
                        "a share below 0 or none above",
                        "24 numbers of 0 or more",
                        "Give each hour's rate over the mean."
                    )
                );
                return null;
            }
            clients.Add(Client(item, hourly));
        }
        return plan with { Mixture = new ClientMixture(clients) };
    }

    private static MixtureClient Client(InputValues item, double[] hourly)
    {
        var family = item.Text("gaps") == "weibull" ? GapFamily.Weibull : GapFamily.Gamma;
        var shape = Gaps.Shape(family, item.Number("arrival_cv"));
        var rate = item.Number("rate");
        var mean = hourly.Length == 0 ? 1 : hourly.Average();
        ArrivalWindow[] windows =
            hourly.Length == 0
                ? [new ArrivalWindow(0, rate, family, shape)]
                :
                [
                    .. hourly.Select(
                        (h, i) => new ArrivalWindow(i * 3600, rate * h / mean, family, shape)
                    ),
                ];
        TokenLengths Lengths(string key)
        {
            var tokens = item.Number($"{key}_tokens");
            var cv = item.Number($"{key}_cv");
            return item.Text("lengths") == "normal"
                ? TokenLengths.Gaussian(tokens, tokens * cv)
                : TokenLengths.LogNormal(tokens, cv);
        }
        var prefix = new SharedPrefix(
            item.Integer("system_prompts"),
            item.Integer("system_tokens"),
            item.Integer("conversations"),
            item.Integer("history_tokens")
        );
        return new MixtureClient(
            item.Text("name"),
            windows,
            [new LengthWindow(0, Lengths("input"), Lengths("output"))],
            prefix.SystemTokens + prefix.HistoryTokens > 0 ? prefix : null,
            item.Integer("priority")
        );
    }

    private void Refuse(string path, string rule, string found, string expected, string remedy) =>
        _findings.Add(new Finding(new InputPath(path), rule, found, expected, remedy));
}
