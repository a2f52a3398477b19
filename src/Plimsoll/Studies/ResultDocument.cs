using System.Text.Json.Nodes;
using Plimsoll.Decisions;
using Plimsoll.Decisions.Lending;
using Plimsoll.Quantities;
using Plimsoll.Risk;
using Plimsoll.Studies.Plans;
using Plimsoll.Studies.Questions;

namespace Plimsoll.Studies;

/// <summary>The result as the published JSON document, schema plimsoll.result version 1 (docs/result-schema.json).</summary>
/// <remarks>Every figure is written as computed; a figure without meaning is null. Money is in the currency named at the top.</remarks>
public static class ResultDocument
{
    /// <summary>Version of the schema; rises when a field changes its meaning or goes.</summary>
    public const int Version = 1;

    /// <summary>Writes the document.</summary>
    public static JsonObject Of(StudyResult r)
    {
        using var culture = InvariantCulture.Begin();
        return Document(r);
    }

    private static JsonObject? ToDate(CovenantsToDate? facts) =>
        facts is null
            ? null
            : new JsonObject
            {
                ["months"] = facts.Months,
                ["lowestCover"] = Number(facts.LowestCover),
                ["lowestCoverMonth"] = facts.LowestMonth?.ToString(),
                ["lastCover"] = Number(facts.LastCover),
                ["covenantBroken"] = facts.Broken,
                ["lockedUp"] = facts.LockedUp,
                ["arrears"] = Number(facts.Arrears),
                ["missedMonths"] = facts.MissedMonths,
                ["inDefault"] = facts.InDefault,
                ["fill"] = Number(facts.Fill),
                ["distributed"] = Number(facts.Distributed),
                ["facts"] = Words([.. facts.Said.Select(PhraseBook.English.Say)]),
            };

    private static JsonObject Document(StudyResult r) =>
        new()
        {
            ["schema"] = "plimsoll.result",
            ["version"] = Version,
            ["study"] = r.Name,
            ["explanation"] = r.Explanation,
            ["question"] = r.Question,
            ["decided"] = r.Decided.ToString(),
            ["start"] = r.Start.ToString(),
            ["months"] = r.Months,
            ["currency"] = r.Currency.Code,
            ["centre"] = r.Centre,
            ["market"] = r.Market,
            ["fitted"] = r.Fitted,
            ["draws"] = r.Draws,
            ["seed"] = r.Seed,
            ["failures"] = new JsonObject(
                r.Failures.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
            ),
            ["verdict"] = Verdict(r.Verdict),
            ["rule"] = Rule(r.Rule, r.Lending),
            ["memo"] = Memos.MemoDocument.Of(r.Memo),
            ["options"] = Array(r.Options, Option),
            ["toDate"] = ToDate(r.ToDate),
            ["loans"] = Array(r.Loans, Loan),
            ["debtCapacity"] = Number(r.DebtCapacity),
            ["contractedCapacity"] = Number(r.ContractedCapacity),
            ["contractedAtEstimate"] = Number(
                r.ContractedBound?.AtEstimate ?? r.ContractedCapacity
            ),
            ["loss"] = new JsonObject
            {
                ["defaults"] = r.Loss.Defaults,
                ["lossGivenDefault"] = Number(r.Loss.LossGivenDefault),
                ["resaleAtDefault"] = Number(r.Loss.ResaleAtDefault),
                ["resaleAtDecision"] = Number(r.Loss.ResaleAtDecision),
                ["monthsToSell"] = Number(r.Loss.MonthsToSell),
                ["expectedLossPerYear"] = Number(r.Loss.ExpectedLossPerYear),
            },
            ["decisiveFigure"] = r.DecisiveFigure,
            ["medianDraw"] = r.MedianDraw,
            ["badDraw"] = r.BadDraw,
            ["gradeDShare"] = Number(r.GradeDShare),
            ["whyOf"] = r.Rated.Length > 0 ? r.Rated : r.Options[0].Name,
            ["why"] = Array(
                r.Why,
                w => new JsonObject
                {
                    ["name"] = w.Name,
                    ["unit"] = w.Unit,
                    ["medianDraw"] = Number(w.Value),
                    ["p90"] = Number(w.P90),
                    ["p10"] = Number(w.P10),
                    ["meaning"] = w.Meaning,
                    ["inputs"] = Words(w.Inputs),
                }
            ),
            ["fans"] = Array(
                r.Fans,
                f => new JsonObject
                {
                    ["name"] = f.Name,
                    ["unit"] = f.Unit,
                    ["p10"] = Numbers(f.P10),
                    ["p50"] = Numbers(f.P50),
                    ["p90"] = Numbers(f.P90),
                    ["medianDraw"] = Numbers(f.Median),
                }
            ),
            ["coverByYear"] = Array(
                r.CoverByYear,
                c => new JsonObject
                {
                    ["year"] = c.Year,
                    ["p90"] = Number(c.P90),
                    ["p50"] = Number(c.P50),
                    ["p10"] = Number(c.P10),
                }
            ),
            ["waterfall"] = Array(
                r.Waterfall,
                y => new JsonObject
                {
                    ["year"] = y.Year,
                    ["lines"] = Array(
                        y.Lines,
                        l => new JsonObject { ["name"] = l.Name, ["amount"] = Number(l.Amount) }
                    ),
                }
            ),
            ["tornado"] = Array(
                r.Tornado,
                b => new JsonObject
                {
                    ["input"] = b.Input,
                    ["unit"] = b.Unit,
                    ["lowInput"] = Number(b.LowInput),
                    ["highInput"] = Number(b.HighInput),
                    ["atLow"] = Number(b.AtLow),
                    ["atHigh"] = Number(b.AtHigh),
                    ["swing"] = Number(b.Swing),
                    ["grade"] = b.Grade.ToString(),
                    ["source"] = b.Source,
                }
            ),
            ["sobol"] = r.Sobol is { } sobol ? Sobol(sobol) : null,
            ["stresses"] = Array(r.Stresses, StressDocument.Of),
            ["floors"] = Array(
                r.Floors,
                f => new JsonObject
                {
                    ["server"] = f.Server,
                    ["product"] = f.Product,
                    ["tenorMonths"] = f.TenorMonths,
                    ["againstDark"] = Number(f.AgainstDark),
                    ["againstSale"] = Number(f.AgainstSale),
                    ["againstWaiting"] = Number(f.AgainstWaiting),
                    ["againstCourse"] = Number(f.AgainstCourse),
                    ["free"] = Number(f.Free),
                    ["parts"] = Array(
                        f.Parts,
                        p => new JsonObject
                        {
                            ["name"] = p.Name,
                            ["perGpuHour"] = Number(p.PerGpuHour),
                            ["counts"] = p.Counts,
                        }
                    ),
                }
            ),
            ["planOfUse"] = Plan(r.PlanOfUse),
            ["offer"] = Offer(r.Offer),
            ["tokens"] = r.Tokens is { } tokens ? Tokens(tokens) : null,
            ["flips"] = Array(
                r.Flips,
                f => new JsonObject
                {
                    ["input"] = f.Input,
                    ["unit"] = f.Unit,
                    ["now"] = Number(f.Now),
                    ["atFlip"] = Number(f.AtFlip),
                    ["meaning"] = f.Meaning,
                }
            ),
            ["breakEvens"] = Array(
                r.BreakEvens,
                b => new JsonObject
                {
                    ["option"] = b.Course,
                    ["against"] = b.Against,
                    ["factor"] = Number(b.Factor),
                    ["rentPerGpuHour"] = Number(b.RentPerGpuHour),
                    ["betterAbove"] = b.BetterAbove,
                }
            ),
            ["restructuring"] = Ask(r.Ask),
            ["forecast"] = r.Forecast is { } forecast ? Forecast(forecast) : null,
            ["hubs"] = Array(
                r.Hubs,
                h => new JsonObject
                {
                    ["hub"] = h.Hub,
                    ["latitude"] = h.Latitude,
                    ["longitude"] = h.Longitude,
                    ["milliseconds"] = Number(h.Milliseconds),
                    ["low"] = Number(h.Low),
                    ["high"] = Number(h.High),
                    ["weight"] = Number(h.Weight),
                    ["reachable"] = h.Reachable,
                }
            ),
            ["assumptions"] = Array(
                r.Assumptions,
                a => new JsonObject
                {
                    ["name"] = a.Name,
                    ["value"] = a.Value,
                    ["range"] = a.Range,
                    ["unit"] = a.Unit,
                    ["grade"] = a.Grade.ToString(),
                    ["source"] = a.Source,
                    ["dated"] = a.Dated,
                    ["place"] = a.Place,
                }
            ),
            ["conventions"] = Words(r.Conventions),
            ["limits"] = Words(r.Limits),
        };

    private static JsonObject Tokens(ServedTokens t) =>
        new()
        {
            ["model"] = t.Model,
            ["layout"] = t.Layout,
            ["soldPerDay"] = Spread(t.SoldPerDay),
            ["mostPerDay"] = Spread(t.MostPerDay),
            ["mostPerDayToday"] = Spread(t.MostPerDayToday),
            ["hoursOfTokens"] = Number(t.HoursOfTokens),
            ["hoursLet"] = Number(t.HoursLet),
            ["replicas"] = Array(
                t.Replicas,
                r => new JsonObject
                {
                    ["layout"] = r.Layout,
                    ["replicas"] = r.Replicas,
                    ["decodeReplicas"] = r.DecodeReplicas,
                    ["maxSequences"] = r.MaxSequences,
                    ["tokensPerStep"] = r.TokensPerStep,
                }
            ),
            ["priceInput"] = Number(t.PriceInput),
            ["priceCached"] = Number(t.PriceCached),
            ["priceOutput"] = Number(t.PriceOutput),
            ["priceSource"] = t.PriceSource,
            ["costInput"] = Spread(t.CostInput),
            ["costCached"] = Spread(t.CostCached),
            ["costOutput"] = Spread(t.CostOutput),
            ["costOutputSold"] = Spread(t.CostOutputSold),
            ["covered"] = Number(t.Covered),
        };

    private static JsonObject Verdict(Verdict v) =>
        new()
        {
            ["kind"] = v.Kind.ToString(),
            ["headline"] = v.Headline,
            ["option"] = v.Option,
            ["grounds"] = Words(v.Grounds),
            ["unknown"] = Words(v.Unknown),
            ["odds"] = Number(v.Odds),
            ["meanwhile"] = Meanwhile(v.Followed),
            ["tests"] = Array(v.Tests, Test),
        };

    private static JsonObject? Meanwhile(Meanwhile? now) =>
        now is null
            ? null
            : new JsonObject
            {
                ["settled"] = now.Settled,
                ["option"] = now.Course.Name,
                ["undone"] = now.Course.Undone.ToString(),
                ["others"] = Words([.. now.Others.Select(o => o.Name)]),
                ["atMostLost"] = Number(now.AtMost),
                ["until"] = now.Until?.Name,
                ["untilAtMostLost"] = Number(now.UntilAtMost),
            };

    private static JsonObject? Ask(RestructureAsk? ask) =>
        ask is null
            ? null
            : new JsonObject
            {
                ["owed"] = Number(ask.Owed),
                ["rate"] = Number(ask.Rate),
                ["graceMonths"] = ask.GraceMonths,
                ["longerMonths"] = ask.LongerMonths,
                ["maturity"] = ask.Maturity.ToString(),
                ["maturityStanding"] = ask.MaturityStanding.ToString(),
                ["followed"] = ask.Followed,
                ["relief"] = Number(ask.Relief),
                ["default"] = Number(ask.Default),
                ["carried"] = Number(ask.Carried),
                ["rateCarried"] = Number(ask.RateCarried),
                ["bankGains"] = ask.BankGains,
                ["toBank"] = Number(ask.ToBank),
                ["toBankStanding"] = Number(ask.ToBankStanding),
                ["toBankEnding"] = Number(ask.Instead.Gets),
                ["proRataPrepayment"] = ask.ProRata,
                ["marginAdded"] = Number(ask.Dearer),
            };

    /// <summary>Keys of the rule that limit the answer: of a lender's loan the odds are shown, and limit where the study says so alone.</summary>
    private static IEnumerable<string> Limits(LendingRule? lender) =>
        lender is null
            ?
            [
                "covenantCover",
                "maxBreach",
                "maxDefault",
                "riskMargin",
                "equityHurdle",
                "maxEquityLoss",
            ]
            :
            [
                "covenantCover",
                .. lender.MaxBreach is null ? (string[])[] : ["maxBreach"],
                .. lender.MaxDefault is null ? (string[])[] : ["maxDefault"],
            ];

    private static JsonObject Rule(DecisionRule rule, LendingRule? lender) =>
        new()
        {
            ["covenantCover"] = rule.CovenantCover,
            ["maxBreach"] = rule.MaxBreach,
            ["maxDefault"] = rule.MaxDefault,
            ["riskMargin"] = rule.RiskMargin,
            ["equityHurdle"] = rule.EquityHurdle,
            ["maxEquityLoss"] = rule.MaxEquityLoss,
            ["limits"] = new JsonArray([.. Limits(lender).Select(k => (JsonNode)k)]),
        };

    private static JsonObject Test(RuleTest t) =>
        new()
        {
            ["name"] = t.Name,
            ["limit"] = Number(t.Limit),
            ["value"] = Number(t.Value),
            ["low"] = Number(t.Low),
            ["high"] = Number(t.High),
            ["byLaw"] = ByLaw(t.ByLaw),
            ["outcome"] = t.Outcome.ToString(),
            ["reason"] = t.Reason,
        };

    private static JsonObject Option(OptionResult o) =>
        new()
        {
            ["name"] = o.Name,
            ["kind"] = o.Kind.ToString(),
            ["description"] = o.Description,
            ["draws"] = o.Figures.Draws,
            ["stopped"] = o.Stopped,
            ["built"] = Number(o.BuiltShare),
            ["fill"] = Spread(o.Fill),
            ["rent"] = Spread(o.Rent),
            ["minimumCover"] = Spread(o.MinimumCover),
            ["equityIrr"] = Spread(o.EquityIrr),
            ["equityNpv"] = Spread(o.EquityNpv),
            ["meanEquityNpv"] = Number(o.MeanEquityNpv),
            ["meanProjectNpv"] = Number(o.MeanProjectNpv),
            ["projectNpv"] = Spread(o.ProjectNpv),
            ["robustProjectNpv"] = Number(o.RobustProjectNpv.Mean),
            ["robustProjectNpvHalfWidth"] = Number(1.96 * o.RobustProjectNpv.Error),
            ["meanLenderValue"] = Number(o.MeanLenderValue),
            ["meanEquityNpvByLaw"] = ByLaw(o.MeanEquityNpvByLaw),
            ["breach"] = Odds(o.Breach),
            ["default"] = Odds(o.Default),
            ["emptyYear"] = Odds(o.EmptyYear),
            ["credit"] = Array(o.Credit, Test),
            ["equity"] = Array(o.Equity, Test),
        };

    private static JsonObject Loan(LoanOffer l) =>
        new()
        {
            ["name"] = l.Name,
            ["amount"] = Number(l.Amount),
            ["tenorMonths"] = l.TenorMonths,
            ["amortisation"] = l.Amortisation,
            ["contractedShare"] = Number(l.ContractedShare),
            ["onContracts"] = l.OnContracts,
            ["reserveMonths"] = l.ReserveMonths,
            ["conditions"] = Words(l.Conditions),
            ["outcome"] = l.Outcome.ToString(),
            ["tests"] = Array(l.Tests, Test),
        };

    private static JsonObject Sobol(SobolTable table) =>
        new()
        {
            ["evaluations"] = table.Indices.Evaluations,
            ["mean"] = Number(table.Indices.Mean),
            ["variance"] = Number(table.Indices.Variance),
            ["factors"] = Array(
                [.. table.Factors.Index()],
                f => new JsonObject
                {
                    ["name"] = f.Item,
                    ["firstOrder"] = Number(table.Indices.FirstOrder[f.Index]),
                    ["firstOrderError"] = Number(table.Indices.FirstOrderError[f.Index]),
                    ["total"] = Number(table.Indices.Total[f.Index]),
                    ["totalError"] = Number(table.Indices.TotalError[f.Index]),
                }
            ),
        };

    private static JsonObject Forecast(ForecastAudit f) =>
        new()
        {
            ["by"] = f.By,
            ["claimedFill"] = Number(f.ClaimedFill),
            ["claimedPrice"] = Number(f.ClaimedPrice),
            ["oddsOfFill"] = Number(f.OddsOfFill),
            ["oddsOfPrice"] = Number(f.OddsOfPrice),
            ["oddsOfBoth"] = Number(f.OddsOfBoth),
            ["oddsOfRevenue"] = Number(f.OddsOfRevenue),
            ["claimedServers"] = Number(f.ClaimedServers),
            ["supportedShare"] = Number(f.SupportedShare),
            ["supportedLow"] = Number(f.SupportedLow),
            ["supportedHigh"] = Number(f.SupportedHigh),
            ["cases"] = f.Cases,
            ["evidence"] = Array(
                f.Evidence,
                e => new JsonObject
                {
                    ["kind"] = e.Kind,
                    ["counterparty"] = e.Counterparty,
                    ["servers"] = Number(e.Servers),
                    ["counted"] = Number(e.Counted),
                    ["weight"] = Number(e.Weight),
                    ["casesMatched"] = e.Matched,
                    ["casesAsFirm"] = e.AsFirm,
                    ["why"] = e.Why,
                }
            ),
            ["baseRates"] = Words(f.BaseRates),
        };

    private static JsonObject Spread(Spread s) =>
        new()
        {
            ["p10"] = Number(s.P10),
            ["p50"] = Number(s.P50),
            ["p90"] = Number(s.P90),
            ["mean"] = Number(s.Mean),
            ["defined"] = s.Defined,
            ["draws"] = s.Draws,
        };

    private static JsonObject Odds(Proportion p) =>
        new()
        {
            ["value"] = Number(p.Value),
            ["low"] = Number(p.Low),
            ["high"] = Number(p.High),
            ["happened"] = p.Happened,
            ["draws"] = p.Draws,
        };

    private static JsonObject ByLaw(IReadOnlyDictionary<string, double> values) =>
        new(
            values
                .OrderBy(v => v.Key, StringComparer.Ordinal)
                .Select(v => KeyValuePair.Create(v.Key, Number(v.Value)))
        );

    private static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonArray Numbers(double[] values) => [.. values.Select(Number)];

    private static JsonArray Words(IReadOnlyList<string> words) =>
        [.. words.Select(w => (JsonNode?)w)];

    private static JsonArray Array<T>(IReadOnlyList<T> items, Func<T, JsonObject> write) =>
        [.. items.Select(i => (JsonNode)write(i))];

    private static JsonArray Texts(IEnumerable<string> texts) =>
        [.. texts.Select(t => (JsonNode)JsonValue.Create(t))];

    private static JsonObject Plan(PlanOfUse plan) =>
        new()
        {
            ["course"] = plan.Course,
            ["what"] = plan.What is { } what ? PhraseBook.English.Say(what) : null,
            ["sign"] = Array(
                plan.Sign,
                s => new JsonObject
                {
                    ["fleet"] = s.Fleet,
                    ["tenant"] = PhraseBook.English.Say(s.Tenant),
                    ["servers"] = Number(s.Servers),
                    ["accelerators"] = Number(s.Accelerators),
                    ["tenorMonths"] = s.TenorMonths,
                    ["ask"] = Number(s.Ask),
                    ["floor"] = Number(s.Floor),
                    ["by"] = s.By.ToString(),
                    ["ifMissed"] = PhraseBook.English.Say(s.Missed),
                }
            ),
            ["uses"] = Array(
                plan.Uses,
                u => new JsonObject
                {
                    ["fleet"] = u.Fleet,
                    ["from"] = u.From.ToString(),
                    ["months"] = u.Months,
                    ["product"] = u.Product?.ToString(),
                    ["tenorMonths"] = u.TenorMonths,
                    ["tenant"] = PhraseBook.English.Say(u.Tenant),
                    ["hoursToSign"] = Number(u.HoursToSign),
                    ["accelerators"] = Number(u.Accelerators),
                    ["let"] = Number(u.Let),
                    ["ask"] = Number(u.Ask),
                    ["floor"] = Number(u.Floor),
                    ["toSell"] = Number(u.ToSell),
                    ["resalePrice"] = Number(u.ResalePrice),
                    ["askPerMillionTokens"] = Number(u.AskPerMillion),
                    ["beside"] = Array(
                        u.Beside,
                        b => new JsonObject
                        {
                            ["product"] = b.Product.ToString(),
                            ["tenorMonths"] = b.TenorMonths,
                            ["accelerators"] = Number(b.Accelerators),
                            ["ask"] = Number(b.Ask),
                            ["floor"] = Number(b.Floor),
                            ["askPerMillionTokens"] = Number(b.AskPerMillion),
                        }
                    ),
                    ["missed"] = Number(u.Missed),
                    ["trigger"] = PhraseBook.English.Say(u.Trigger),
                    ["ifMissed"] = Texts(u.IfMissed.Select(PhraseBook.English.Say)),
                }
            ),
            ["debt"] = Array(
                plan.Debt,
                d => new JsonObject
                {
                    ["from"] = d.From.ToString(),
                    ["months"] = d.Months,
                    ["due"] = Number(d.Due),
                    ["paid"] = Number(d.Paid),
                    ["unpaid"] = Number(d.Unpaid),
                }
            ),
            ["asked"] = Texts(plan.Asked.Select(PhraseBook.English.Say)),
            ["instead"] = Texts(plan.Instead.Select(PhraseBook.English.Say)),
            ["words"] = Spoken(book => Texts(PlanWords.Lines(plan, book))),
            ["steps"] = Spoken(book =>
                Array(
                    PlanWords.Steps(plan, book),
                    s => new JsonObject
                    {
                        ["do"] = Texts(s.Do),
                        ["trigger"] = Texts(s.Trigger),
                        ["missed"] = Texts(s.Missed),
                    }
                )
            ),
            ["lender"] = Spoken(book =>
                Texts(PlanWords.Merged(plan.Debt).Select(d => book.Say(PlanWords.Debt(d))))
            ),
        };

    /// <summary>The same in every language of the phrase book.</summary>
    private static JsonObject Spoken(Func<PhraseBook, JsonNode> said) =>
        new(
            PhraseBook.Languages.Select(l =>
                KeyValuePair.Create(l, (JsonNode?)said(PhraseBook.Of(l)))
            )
        );

    private static JsonObject? Offer(OfferAnswer? offer) =>
        offer is null
            ? null
            : new JsonObject
            {
                ["tenant"] = offer.Tenant,
                ["accelerators"] = Number(offer.Accelerators),
                ["tenorMonths"] = offer.TenorMonths,
                ["pricePerGpuHour"] = Number(offer.PricePerGpuHour),
                ["floorPerGpuHour"] = Number(offer.FloorPerGpuHour),
                ["quotePerGpuHour"] = Number(offer.Quote),
                ["parts"] = Array(
                    offer.Parts,
                    p => new JsonObject
                    {
                        ["accelerators"] = Number(p.Accelerators),
                        ["floorPerGpuHour"] = Number(p.FloorPerGpuHour),
                    }
                ),
                ["smallerAccelerators"] = Number(offer.Smaller?.Accelerators ?? double.NaN),
                ["smallerGain"] = Number(offer.Smaller?.Gain ?? double.NaN),
                ["debtCapacityIfRefused"] = Number(offer.CapacityIfRefused),
                ["debtCapacityIfSigned"] = Number(offer.CapacityIfSigned),
            };
}
