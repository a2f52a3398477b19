using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Live;

/// <summary>A plan on moved terms, and the price below which letting loses on them.</summary>
/// <param name="Plan">Its figures.</param>
/// <param name="Floors">By product and tenor, in the order of a run; empty where a lender asks.</param>
internal sealed record LivePrice(OptionResult Plan, IReadOnlyList<PriceFloor> Floors);

/// <summary>Moves terms of finance, tax, the rule and the costs of the site on the draws that a run holds: what moves fill is refused and takes a run.</summary>
internal sealed class LiveTerms(HeldStudies held, LiveFirst first) : IDisposable
{
    /// <summary>Draws priced while a slider moves.</summary>
    public const int SlideDraws = 500;

    // As many prices at a time as there are cores: more would only wait within each other.
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);

    public void Dispose() => _cores.Dispose();

    /// <summary>Why a change is not taken.</summary>
    internal sealed class RefusedException(
        string reason,
        IReadOnlyList<LocatedFinding>? findings = null
    ) : Exception(reason)
    {
        public IReadOnlyList<LocatedFinding> Findings => findings ?? [];
    }

    /// <summary>A study with other terms.</summary>
    /// <param name="text">The study as it was run.</param>
    /// <param name="changes">New values by path.</param>
    /// <returns>The changed text, sound.</returns>
    /// <exception cref="RefusedException">A change moves fill, or breaks a rule.</exception>
    public static string Changed(string text, IReadOnlyDictionary<string, string> changes)
    {
        var ranged = FormField
            .Values(StudyDocument.Parsed(text), "")
            .Select(v => v.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (path, value) in changes)
        {
            if (!HeldStudy.Moves(path))
            {
                throw new RefusedException(
                    $"'{path}' moves what the centre sells: change the study and run it."
                );
            }
            try
            {
                // What is moved is taken as known: a range about what it was says nothing of it.
                if (ranged.Contains(path + ".value"))
                {
                    text = YamlEdit.Set(text, path, null, words: false);
                }
                text = YamlEdit.Set(text, path, value, words: false);
            }
            catch (ArgumentException e)
            {
                throw new RefusedException(e.Message);
            }
        }
        var document = StudyDocument.Of(text);
        return document.Sound
            ? text
            : throw new RefusedException("The terms are not sound.", document.Findings);
    }

    /// <summary>The plan on changed terms.</summary>
    /// <param name="text">The study as it was run.</param>
    /// <param name="heldDraws">Draws that are held of it.</param>
    /// <param name="changes">New values by path.</param>
    /// <param name="draws">Draws to price.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    public async Task<LivePrice> Price(
        string text,
        int heldDraws,
        IReadOnlyDictionary<string, string> changes,
        int draws,
        CancellationToken cancellation
    )
    {
        var changed = Changed(text, changes);
        var study = await held.Of(text, heldDraws);
        using var urgent = first.Begin();
        await _cores.WaitAsync(cancellation);
        try
        {
            var values = HeldStudies.Values(changed);
            return await Task.Run(() => Price(study, values, draws, cancellation), cancellation);
        }
        finally
        {
            _cores.Release();
        }
    }

    private static LivePrice Price(
        HeldStudy study,
        InputValues values,
        int draws,
        CancellationToken cancellation
    )
    {
        var plan = study.Price(
            values,
            draws,
            new RunContext { Threads = 1, Cancellation = cancellation }
        );
        // What equity earns decides no lender's answer, and he lets nothing.
        return values.Text("question") switch
        {
            "lender" => new LivePrice(plan with { Equity = [] }, []),
            // A lease on the table has a floor of its own: those of any lease beside it would be a second answer.
            "offer" => new LivePrice(
                plan,
                [.. study.Floors(values, draws).Where(f => f.TenorMonths <= 1)]
            ),
            _ => new LivePrice(plan, study.Floors(values, draws)),
        };
    }

    /// <summary>The figures of an option as JSON.</summary>
    public static JsonObject Document(LivePrice price, int draws) =>
        Document(
            price.Plan,
            draws,
            new JsonArray([
                .. price.Floors.Select(f => new JsonObject
                {
                    ["product"] = f.Product,
                    ["server"] = f.Server,
                    ["tenorMonths"] = f.TenorMonths,
                    ["againstDark"] = Number(f.AgainstDark),
                    ["againstWaiting"] = Number(f.AgainstWaiting),
                    ["againstSale"] = Number(f.AgainstSale),
                }),
            ])
        );

    private static JsonObject Document(OptionResult option, int draws, JsonArray floors) =>
        new()
        {
            ["draws"] = draws,
            ["breach"] = Odds(option.Breach),
            ["default"] = Odds(option.Default),
            ["minimumCover"] = Spread(option.MinimumCover),
            ["equityNpv"] = Spread(option.EquityNpv),
            ["equityIrr"] = Spread(option.EquityIrr),
            ["fill"] = Spread(option.Fill),
            ["meanEquityNpv"] = Number(option.MeanEquityNpv),
            ["meanLenderValue"] = Number(option.MeanLenderValue),
            ["tests"] = new JsonArray([
                .. option
                    .Credit.Concat(option.Equity)
                    .Select(t => new JsonObject
                    {
                        ["name"] = t.Name,
                        ["titles"] = new JsonObject(
                            PhraseBook.Languages.Select(l =>
                                KeyValuePair.Create(l, (JsonNode?)PhraseBook.Of(l).Say(t.Title))
                            )
                        ),
                        ["value"] = Number(t.Value),
                        ["limit"] = Number(t.Limit),
                        ["outcome"] = t.Outcome.ToString(),
                    }),
            ]),
            ["floors"] = floors,
        };

    private static JsonObject Odds(Risk.Proportion odds) =>
        new()
        {
            ["value"] = Number(odds.Value),
            ["low"] = Number(odds.Low),
            ["high"] = Number(odds.High),
        };

    private static JsonObject Spread(Risk.Spread spread) =>
        new()
        {
            ["p10"] = Number(spread.P10),
            ["p50"] = Number(spread.P50),
            ["p90"] = Number(spread.P90),
            ["mean"] = Number(spread.Mean),
        };

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;
}
