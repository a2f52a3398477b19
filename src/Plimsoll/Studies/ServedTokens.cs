using Plimsoll.Inputs;
using Plimsoll.Market.Tokens;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies;

/// <summary>What a centre that serves a model sells in tokens, and what a million of them costs and brings.</summary>
/// <remarks>
/// Levelised cost of service: what is spent from the decision on, less what accelerators fetch, over the tokens that the centre can serve while the promise holds, both discounted at the
/// hurdle of equity, before tax and debt. It is reckoned as if every accelerator served, as full as the promise allows, from the month in which it came up to the end of the horizon and was
/// sold there: what is really sold, dark, closed or sold early does not enter, so that the price of tokens moves the cost only where it moves the market that the centre stands in (a fleet
/// whose own sale presses what used accelerators fetch). A standing centre's accelerators enter at what they would fetch at the decision. By class it is parted as the accelerators' time is.
/// <see cref="CostOutputSold"/> is the other figure: there the centre is as full, and stands as long, as it does at these prices.
/// </remarks>
public sealed record ServedTokens
{
    /// <summary>The model served.</summary>
    public required string Model { get; init; }

    /// <summary>Layouts, in words.</summary>
    public required string Layout { get; init; }

    /// <summary>Answer tokens sold a day, mean of the horizon.</summary>
    public required Spread SoldPerDay { get; init; }

    /// <summary>Answer tokens a day that it can serve while the promise holds, mean of the horizon.</summary>
    public required Spread MostPerDay { get; init; }

    /// <summary>The same without <c>serving.software_growth</c>: what the engine of the decision serves.</summary>
    public required Spread MostPerDayToday { get; init; }

    /// <summary>The replicas of each kind of fleet, as <c>inference goodput</c> takes them.</summary>
    public IReadOnlyList<ServedReplicas> Replicas { get; init; } = [];

    /// <summary>Share of the installed accelerator-hours that serve tokens, mean of the horizon and the draws, 0 to 1.</summary>
    public double HoursOfTokens { get; init; }

    /// <summary>Share of them that is let instead.</summary>
    public double HoursLet { get; init; }

    /// <summary>Levelised cost of a million answer tokens at what is really sold, prompts apart: each accelerator-hour sold, let or served, bears its part of the cost.</summary>
    public required Spread CostOutputSold { get; init; }

    /// <summary>Price of a million prompt tokens that are computed on the day of the decision, discount taken off; NaN when none is known.</summary>
    public required double PriceInput { get; init; }

    /// <summary>The same of prompt tokens found in the cache.</summary>
    public required double PriceCached { get; init; }

    /// <summary>The same of answer tokens.</summary>
    public required double PriceOutput { get; init; }

    /// <summary>Whose prices they are.</summary>
    public required string PriceSource { get; init; }

    /// <summary><see cref="PriceSource"/> in the words of any language.</summary>
    public Phrase PriceSaid { get; init; } = Phrase.Of("name", "");

    /// <summary>Levelised cost of a million prompt tokens that are computed.</summary>
    public required Spread CostInput { get; init; }

    /// <summary>The same of prompt tokens found in the cache: their reading while answers are made.</summary>
    public required Spread CostCached { get; init; }

    /// <summary>The same of answer tokens.</summary>
    public required Spread CostOutput { get; init; }

    /// <summary>Share of the draws in which the prices of the day cover the levelised cost of a request, 0 to 1; NaN without a price.</summary>
    public required double Covered { get; init; }

    /// <summary>In sentences.</summary>
    /// <param name="currency">Code of the study's currency.</param>
    public IReadOnlyList<Phrase> Said(string currency)
    {
        var money = Decisions.Words.Measure(currency);
        List<Phrase> list =
        [
            Phrase.Of(
                "tokens.sold",
                Model,
                SoldPerDay.P50,
                SoldPerDay.P90,
                MostPerDay.P50,
                MostPerDayToday.P50
            ),
            .. Replicas.Select(r =>
                r.DecodeReplicas > 0
                    ? Phrase.Of(
                        "tokens.laid.apart",
                        r.Said,
                        (double)r.Replicas,
                        (double)r.DecodeReplicas,
                        (double)r.MaxSequences,
                        (double)r.TokensPerStep
                    )
                    : Phrase.Of(
                        "tokens.laid",
                        r.Said,
                        (double)r.Replicas,
                        (double)r.MaxSequences,
                        (double)r.TokensPerStep
                    )
            ),
            double.IsNaN(CostInput.P50)
                ? Phrase.Of(
                    "tokens.cost.answers",
                    money,
                    CostOutput.P50,
                    CostOutput.P10,
                    CostOutput.P90
                )
                : Phrase.Of(
                    "tokens.cost",
                    money,
                    CostInput.P50,
                    CostInput.P10,
                    CostInput.P90,
                    CostOutput.P50,
                    CostOutput.P10,
                    CostOutput.P90
                ),
        ];
        if (!double.IsNaN(CostOutputSold.P50))
        {
            list.Add(
                Phrase.Of(
                    "tokens.cost.sold",
                    money,
                    HoursOfTokens,
                    HoursLet,
                    CostOutputSold.P50,
                    CostOutputSold.P10,
                    CostOutputSold.P90
                )
            );
        }
        list.Add(
            double.IsNaN(PriceOutput)
                ? Phrase.Of("tokens.priceless", Model)
                : Phrase.Of("tokens.price", money, PriceInput, PriceOutput, Covered, PriceSaid)
        );
        return list;
    }
}

/// <summary>Collects <see cref="ServedTokens"/> over the draws of a plan.</summary>
internal sealed class ServedTokensRun
{
    /// <summary>Load beyond which no promise is sold: the market's own bound.</summary>
    public const double MostLoad = 0.8;
    private readonly StudyCase _plan;
    private readonly FleetCase[] _served;
    private readonly double _monthly;
    private readonly double[] _sold;
    private readonly double[] _most;
    private readonly double[] _today;
    private readonly double[] _perToken;
    private readonly double[] _perSold;
    private readonly double[] _used;
    private readonly double[] _let;

    public ServedTokensRun(StudyCase plan, double hurdle, int draws)
    {
        _plan = plan;
        var all = plan.Plan.Products.Contains(Product.Inference);
        _served =
        [
            .. plan.Fleets.Where(f =>
                f.Served is { Goodput.Value: > 0 }
                && (all || plan.Policies.Of(f.Name) is Decisions.ConvertPolicy)
            ),
        ];
        _monthly = Math.Pow(1 + hurdle, -1.0 / 12);
        _sold = new double[draws];
        _most = new double[draws];
        _today = new double[draws];
        _perToken = new double[draws];
        _perSold = new double[draws];
        _used = new double[draws];
        _let = new double[draws];
        foreach (
            var figures in (double[][])[_sold, _most, _today, _perToken, _perSold, _used, _let]
        )
        {
            Array.Fill(figures, double.NaN);
        }
    }

    /// <summary>Whether any fleet serves tokens and the plan, or the course, sells them.</summary>
    public bool Serves => _served.Length > 0;

    /// <summary>Keeps a draw; each once, from any thread.</summary>
    public void Keep(int draw, CaseDraw done, IReadOnlyDictionary<string, double> numbers)
    {
        if (!Serves)
        {
            return;
        }
        double Value(InputNumber n) => numbers.TryGetValue(n.Path, out var value) ? value : n.Value;
        var (o, cash) = (done.Outlook.Physical, done.Cash);
        var all = _served.Sum(f => f.Accelerators);
        var growth = _plan.SoftwareGrowth is { } g ? Value(g) : 0;
        var share = all / _plan.Fleets.Sum(f => f.Accelerators);
        double sold = 0,
            most = 0,
            today = 0,
            days = 0,
            tokens = 0,
            soldLater = 0,
            used = 0,
            let = 0,
            usedLater = 0,
            letLater = 0,
            installed = 0,
            cost = _plan.Standing ? o.ResalePrice[0] * o.Installed[0] : 0;
        var full = done.Built ? done.Serving?.Invoke(MostLoad) : null;
        var (discount, service) = (1.0, cost);
        for (var m = 0; m < o.Months; m++)
        {
            discount *= _monthly;
            var hours = o.Hours(m);
            double Can(double accelerators, double yearly) =>
                Math.Max(0, accelerators)
                * hours
                * 3600
                * MostLoad
                * _served.Sum(f =>
                    f.Accelerators
                    * InferenceCapability.Grown(
                        Value(f.Served!.Goodput),
                        yearly,
                        f.Served!.MostTokensPerSecond,
                        m
                    )
                )
                / all;
            var sound = o.Installed[m] - o.Repair[m];
            var capital = _plan.Standing
                ? 0
                : cash.CapitalCost[m] - cash.Fees[m] - cash.InputVat[m];
            foreach (var product in o.Sales)
            {
                var serves = product.Tokens.Length > 0;
                if (serves)
                {
                    sold += product.Tokens[m];
                    soldLater += discount * product.Tokens[m];
                }
                (used, let) = serves
                    ? (used + product.GpuHours[m], let)
                    : (used, let + product.GpuHours[m]);
                (usedLater, letLater) = serves
                    ? (usedLater + (discount * product.GpuHours[m]), letLater)
                    : (usedLater, letLater + (discount * product.GpuHours[m]));
            }
            installed += o.Installed[m] * hours;
            most += Can(sound, growth) * share;
            today += Can(sound, 0) * share;
            days += o.Installed[m] > 0 ? hours / 24 : 0;
            cost += discount * (cash.RunningCost[m] - cash.Proceeds[m] + capital);
            if (full is not null)
            {
                tokens += discount * Can(full.Accelerators[m], growth);
                service += discount * (full.RunningCost[m] - full.Proceeds[m] + capital);
            }
        }
        if (days > 0 && done.Built)
        {
            (_sold[draw], _most[draw], _today[draw]) = (sold / days, most / days, today / days);
            (_used[draw], _let[draw]) = (used / installed, let / installed);
            _perToken[draw] = tokens > 0 ? Math.Max(0, service) / tokens * 1e6 : double.NaN;
            _perSold[draw] =
                soldLater > 0
                    ? Math.Max(0, cost) * usedLater / (usedLater + letLater) / soldLater * 1e6
                    : double.NaN;
        }
    }

    /// <summary>The figures of a plan that serves tokens.</summary>
    /// <param name="model">Name of the model served.</param>
    /// <param name="list">Its prices; null when none is known.</param>
    /// <param name="stated">Whether the study states the price itself.</param>
    /// <param name="inputs">Prompt tokens for each answer token.</param>
    /// <param name="hits">Share of the prompt tokens that is found in the cache, 0 to 1.</param>
    public ServedTokens Result(
        string model,
        TokenList? list,
        bool stated,
        double inputs,
        double hits
    )
    {
        var mix = _plan.Plan.Tokens;
        var all = _served.Sum(f => f.Accelerators);
        double Mean(Func<ServedFleet, double> figure) =>
            _served.Sum(f => f.Accelerators * figure(f.Served!)) / all;
        var (computed, stored) = (Mean(s => s.ComputedShare), Mean(s => s.StoredShare));
        Spread Cost(double part, double tokensPerAnswerToken) =>
            Spread.Of(
                Array.ConvertAll(
                    _perToken,
                    c => tokensPerAnswerToken > 0 ? c * part / tokensPerAnswerToken : double.NaN
                ),
                BadSide.High
            );
        double Known(double[] figures) =>
            figures.Where(x => !double.IsNaN(x)).DefaultIfEmpty(double.NaN).Average();
        double Off(double? price) => price * (1 - (mix?.Discount ?? 0)) ?? double.NaN;
        var sound = _perToken.Where(c => !double.IsNaN(c)).ToArray();
        return new ServedTokens
        {
            Model = model,
            Layout = string.Join("; ", _served.Select(f => f.Served!.Words).Distinct()),
            SoldPerDay = Spread.Of(_sold, BadSide.Low),
            MostPerDay = Spread.Of(_most, BadSide.Low),
            MostPerDayToday = Spread.Of(_today, BadSide.Low),
            Replicas =
            [
                .. _served
                    .Select(f => f.Served!.Replicas)
                    .OfType<ServedReplicas>()
                    .DistinctBy(r =>
                        (r.Layout, r.Replicas, r.DecodeReplicas, r.MaxSequences, r.TokensPerStep)
                    ),
            ],
            HoursOfTokens = Known(_used),
            HoursLet = Known(_let),
            CostOutputSold = Spread.Of(
                Array.ConvertAll(_perSold, c => c * (1 - computed - stored)),
                BadSide.High
            ),
            PriceInput = Off(mix?.InputPrice),
            PriceCached = Off(mix?.CachedPrice),
            PriceOutput = Off(mix?.OutputPrice),
            PriceSource =
                stated ? "stated by the study"
                : mix is null
                    ? $"none of {model} is known; sold at the market's mean of other models"
                : list?.Source ?? "",
            PriceSaid = stated
                ? Phrase.Of("tokens.list.stated")
                : list?.Said ?? Phrase.Of("name", ""),
            CostInput = Cost(computed, inputs * (1 - hits)),
            CostCached = Cost(stored, inputs * hits),
            CostOutput = Cost(1 - computed - stored, 1),
            Covered =
                mix is null || sound.Length == 0
                    ? double.NaN
                    : (double)sound.Count(c => mix.PerMillionOutput >= c) / sound.Length,
        };
    }
}
