using Plimsoll.Inputs;

namespace Plimsoll.Serving.Cases;

public static partial class InferenceInputs
{
    private static IEnumerable<InputRow> Workload() =>
        [
            new(
                "workload",
                InputType.Section,
                "The requests: a trace, a mixture file, or clients written out here; one of the three."
            )
            {
                Required = true,
            },
            new(
                "workload.trace",
                InputType.Text,
                "A trace to replay, relative to this file: Azure, BurstGPT, Mooncake, vLLM request log, result of a serving benchmark, conversations, vidur's columns or plain CSV, gzip or not."
            )
            {
                MaxLength = 1_000,
            },
            new(
                "workload.dates",
                InputType.Choice,
                "Order of day and month in a trace's dates when the year stands last; such dates are refused while it is year_first."
            )
            {
                Default = "year_first",
                Choices = ["year_first", "day_first", "month_first"],
            },
            new(
                "workload.mixture",
                InputType.Text,
                "A client mixture in the layout of ServeGen, a folder or tar.gz, relative to this file."
            )
            {
                MaxLength = 1_000,
            },
            new(
                "workload.service",
                InputType.Text,
                "Service inside the mixture's archive; the only one when silent."
            )
            {
                Default = "",
            },
            new(
                "workload.broken_share",
                InputType.Number,
                "Share of broken trace rows beyond which the run stops."
            )
            {
                Default = "0.01",
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source = "own rule: one row in a hundred",
            },
            new(
                "workload.requests",
                InputType.Number,
                "At most so many requests; all of a trace when silent, 100,000 of a mixture or of clients."
            )
            {
                Min = 1,
                // A year of a service of thirty requests a second; some minutes of simulation.
                Max = 1e9,
                Unit = "1",
            },
            Seconds(
                "workload.from",
                "Requests that arrive earlier are left out, and this becomes time zero.",
                "0"
            ),
            Seconds(
                "workload.until",
                "Requests that arrive later are left out; no end when silent.",
                null
            ),
            Scale("workload.rate_scale", "Times are divided by it: 2 gives twice the rate."),
            Scale("workload.input_scale", "Prompts are longer by this factor."),
            Scale("workload.output_scale", "Answers are longer by this factor."),
            new(
                "workload.stored_share",
                InputType.Number,
                "Share of every prompt whose KV an outside store (host memory, disk, a remote tier) hands over in time, so that it is held and not computed."
            )
            {
                Default = "0",
                DefaultLow = 0,
                DefaultHigh = 0.6,
                Min = 0,
                Max = 1,
                Unit = "fraction",
                Source =
                    "DeepSeek-V3/R1 Inference System Overview, 2025-03-01: 0.56 of a day's prompt tokens from disk",
            },
            Count(
                "workload.copies",
                "Independent copies of every client of a mixture, each with its share of the rate: more customers, fewer bursts.",
                1,
                10_000
            ),
            new(
                "workload.closed_loop",
                InputType.Integer,
                "Requests kept inside at once; arrival times are then ignored. 0 is an open loop."
            )
            {
                Default = "0",
                Min = 0,
                // More than any installation holds at once.
                Max = 1_000_000,
                Unit = "1",
            },
            new(
                "workload.warm_up",
                InputType.Number,
                "Requests at the head that are served but left out of latencies and attainment."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1e9,
                Unit = "1",
            },
        ];

    private static IEnumerable<InputRow> Clients() =>
        [
            new(
                "workload.clients",
                InputType.List,
                "Clients written out: each with its rate, burstiness and lengths."
            )
            {
                Min = 1,
                Max = 10_000,
            },
            new("workload.clients[].name", InputType.Text, "Its name in results.")
            {
                Required = true,
            },
            new("workload.clients[].rate", InputType.Number, "Mean requests a second over the day.")
            {
                Required = true,
                Min = 1e-9,
                Max = 1e7,
                Unit = "1",
            },
            new(
                "workload.clients[].hourly",
                InputType.NumberList,
                "Rate of each hour of the day beside the others, 24 numbers, scaled to a mean of 1 so that rate stays the mean; flat when silent."
            )
            {
                Min = 24,
                Max = 24,
            },
            new(
                "workload.clients[].arrival_cv",
                InputType.Number,
                "Deviation of the gaps between requests over their mean: 1 is Poisson, production services show 1 to 13."
            )
            {
                Default = "1",
                DefaultLow = 1,
                DefaultHigh = 4,
                Min = 0.05,
                Max = 30,
                Unit = "1",
                Source = "Poisson; public traces lie between 1 and 13",
            },
            new("workload.clients[].gaps", InputType.Choice, "Family of the gaps.")
            {
                Default = "gamma",
                Choices = ["gamma", "weibull"],
            },
            Tokens("workload.clients[].input_tokens", "Mean prompt length."),
            Spread("workload.clients[].input_cv", "Deviation of prompt lengths over their mean."),
            Tokens("workload.clients[].output_tokens", "Mean answer length."),
            Spread("workload.clients[].output_cv", "Deviation of answer lengths over their mean."),
            new("workload.clients[].lengths", InputType.Choice, "Family of the lengths.")
            {
                Default = "lognormal",
                Choices = ["lognormal", "normal"],
            },
            new(
                "workload.clients[].priority",
                InputType.Integer,
                "Rank under priority admission, lower first."
            )
            {
                Default = "0",
                Min = 0,
                Max = 1000,
                Unit = "1",
            },
            Count(
                "workload.clients[].system_prompts",
                "System prompts that its requests begin with, one each.",
                1,
                1_000_000
            ),
            Length(
                "workload.clients[].system_tokens",
                "Mean length of a system prompt; 0 for none."
            ),
            Count(
                "workload.clients[].conversations",
                "Conversations whose history its requests carry, one each.",
                1,
                100_000_000
            ),
            Length(
                "workload.clients[].history_tokens",
                "Mean length of a conversation's history; 0 for none."
            ),
        ];

    private static InputRow Seconds(string path, string description, string? fallback) =>
        new(path, InputType.Number, description)
        {
            Default = fallback,
            Min = 0,
            Max = 1e10,
            Unit = "s",
        };

    private static InputRow Scale(string path, string description) =>
        new(path, InputType.Number, description)
        {
            Default = "1",
            Min = 1e-6,
            Max = 1e6,
            Unit = "1",
        };

    private static InputRow Tokens(string path, string description) =>
        new(path, InputType.Number, description)
        {
            Required = true,
            Min = 1,
            Max = 1e7,
            Unit = "tokens",
        };

    private static InputRow Length(string path, string description) =>
        new(path, InputType.Integer, description)
        {
            Default = "0",
            Min = 0,
            Max = 1e7,
            Unit = "tokens",
        };

    private static InputRow Spread(string path, string description) =>
        new(path, InputType.Number, description)
        {
            Default = "0.95",
            DefaultLow = 0.6,
            DefaultHigh = 1.3,
            Min = 0,
            Max = 20,
            Unit = "1",
            Source = "Azure LLM inference traces 2023: 0.77 to 0.96",
            Grade = Quantities.Grade.B,
        };
}
