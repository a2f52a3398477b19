using Plimsoll.Catalog;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Market.MarketFiles;

/// <summary>Runs a market file: every draw a history with every centre and every contract.</summary>
/// <param name="file">The market.</param>
/// <param name="view">The catalogue as known in <see cref="MarketFile.Start"/>; a national base sees nothing later.</param>
public sealed class MarketFileRun(MarketFile file, CatalogView view)
{
    private int _offset;

    /// <summary>Runs all draws.</summary>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    public MarketFileResult Run(int threads, Action<double>? progress = null)
    {
        using var culture = InvariantCulture.Begin();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var plain = new MarketRecord[file.Draws];
        var imposed = file.Curve is null ? null : new MarketRecord[file.Draws];
        var givens = file.Base == "none" ? null : MarketGivens.Of(view, file.Base);
        var ensemble = givens is null ? null : Ensemble.Of(view, file.Base);
        var named = givens is null ? NamedCentres.None : NamedCentres.Of(view, givens, file.Base);
        _offset = givens is null ? 0 : file.Start - givens.Start;
        var laws = new RentLaw[file.Draws];
        var done = 0;
        Parallel.For(
            0,
            file.Draws,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new ContractEngine(),
            (draw, _, engine) =>
            {
                var world = givens is null ? Plain(draw) : National(givens, ensemble!, named, draw);
                laws[draw] = world.Member.Law;
                plain[draw] = Kept(engine.Run(world, true));
                if (imposed is not null)
                {
                    imposed[draw] = Kept(engine.Run(world with { Forcing = Impose(world) }, true));
                }
                progress?.Invoke((double)Interlocked.Increment(ref done) / file.Draws);
                return engine;
            },
            _ => { }
        );
        var result = new MarketFileResult(file, _offset, laws, imposed ?? plain, plain);
        if (givens is null)
        {
            return result;
        }
        // One whole history stands for the nation: the one whose share let at the end is the median.
        var typical = Typical(plain);
        var world = National(givens, ensemble!, named, typical);
        return result with
        {
            National = new NationalHistory(
                typical,
                file.Start,
                _offset,
                new ContractEngine().Run(world, true).Centres,
                view
            ),
        };
    }

    private int Typical(MarketRecord[] records)
    {
        double Let(MarketRecord r) => r.Path.LetShare(_offset + file.Months - 1);
        int[] order = [.. Enumerable.Range(0, records.Length).OrderBy(i => Let(records[i]))];
        return order[order.Length / 2];
    }

    /// <summary>Of the ledger only the file's own centres are kept, of the market its months: a nation's ledger or the sub-steps would fill the memory.</summary>
    private MarketRecord Kept(MarketRecord record)
    {
        record.Centres = [.. file.Centres.Select(c => record.Centres.First(l => l.Name == c.Name))];
        record.Contracts = [];
        record.ForgetSteps();
        return record;
    }

    private MarketForcing Impose(MarketWorld world) =>
        world.Forcing with
        {
            LogImposed = file.Curve!.LogRents(
                world.Forcing.Start,
                world.Forcing.Months,
                world.Member.Values[(int)Parameter.Tenor]
            ),
        };

    /// <summary>A market made of the file alone.</summary>
    internal MarketWorld Plain(int draw)
    {
        var priors = Prior.Of(file.Currency == Currency.Cny ? "china" : "us");
        var stream = RandomStream.Keyed(
            file.Seed,
            draw,
            EntityId.Of("market file"),
            Purpose.Inputs
        );
        var values = new double[Prior.Count];
        foreach (var prior in priors)
        {
            var share = stream.NextOpenUniform();
            values[(int)prior.Parameter] = file.Uncertain ? prior.Quantile(share) : prior.Median;
        }
        // What only a nation has: none of it unless the file says so.
        values[(int)Parameter.CapacityStart] = 0;
        values[(int)Parameter.ProjectsStart] = 0;
        values[(int)Parameter.BaseOrders] = 0;
        values[(int)Parameter.Imitation] = 0;
        Put(values);
        var months = file.Months;
        var reference = Math.Log(values[(int)Parameter.ReferenceRent]);
        var monthly = values[(int)Parameter.Obsolescence] / 12;
        double[] Constant(double x) => [.. Enumerable.Repeat(x, months)];
        var demand = new DemandLevels[months];
        for (var m = 0; m < months; m++)
        {
            demand[m] = Levels(m, new DemandLevels(0, 0, 0, 0, 0, double.PositiveInfinity));
        }
        var forcing = new MarketForcing
        {
            Start = file.Start,
            Demand = demand,
            LogReference = [.. Enumerable.Range(0, months).Select(m => reference - (monthly * m))],
            LogWorld = World(months),
            Push = Constant(0),
            Rule = Constant(0),
            RentShock = Shocks(values, months, ref stream),
            TokenElasticity = Constant(values[(int)Parameter.TokenElasticity]),
            VoucherBudget = [.. Enumerable.Range(0, months).Select(Budget)],
            VoucherFace = Face(),
            VoucherCap = Cap(),
            Tiers = MarketGivens.Of(view, "us").Tiers,
            Power = file.Power,
        };
        var law = file.Law ?? (RentLaw)(draw % 3);
        return new MarketWorld(
            forcing,
            new Member(law, file.World is not null, values),
            file.Centres,
            file.Vouchers,
            Mechanisms.None,
            ContractTerms.Shipped,
            file.Seed,
            draw
        );
    }

    /// <summary>A national market with the file's demand, centres, shocks and vouchers on top.</summary>
    private MarketWorld National(
        MarketGivens givens,
        Ensemble ensemble,
        NamedCentres named,
        int draw
    )
    {
        var scenario = new MarketScenario { Market = file.Base };
        var months = _offset + file.Months;
        var one = file.Law is { } law
            ? ensemble.Draw(givens, scenario, file.Seed, draw, months, law, draw / 3 % 2 == 0)
            : ensemble.Draw(givens, scenario, file.Seed, draw, months);
        double[] values = [.. one.Member.Values];
        Put(values);
        var forcing = MarketForcing.Of(givens, one.Backdrop, values);
        DemandLevels[] demand =
        [
            .. forcing.Demand.Select((d, m) => m < _offset ? d : Levels(m - _offset, d)),
        ];
        var schemes = file.Vouchers.Select(v =>
            v with
            {
                From = v.From + _offset,
                Until = v.Until == int.MaxValue ? v.Until : v.Until + _offset,
            }
        );
        var centres = named
            .Centres.Concat(
                file.Centres.Select(c =>
                    c with
                    {
                        Announced = Math.Max(0, c.Announced + _offset),
                        Online = Math.Max(0, c.Online + _offset),
                        Scheme = c.Scheme < 0 ? -1 : c.Scheme + named.Vouchers.Count,
                    }
                )
            )
            .OrderBy(c => c.Announced);
        return new MarketWorld(
            forcing with
            {
                Demand = demand,
                Power = file.Power,
            },
            one.Member with
            {
                Values = values,
            },
            [.. centres],
            [.. named.Vouchers, .. schemes],
            Mechanisms.None,
            ContractTerms.Shipped,
            file.Seed,
            draw
        );
    }

    private void Put(double[] values)
    {
        foreach (var (parameter, value) in file.Set)
        {
            values[(int)parameter] = value;
        }
    }

    /// <summary>Demand of a month reported: what was there, the file's on top, less what shocks save.</summary>
    private DemandLevels Levels(int m, DemandLevels there)
    {
        Span<double> needs = [there.Training, there.Small, there.Merchant];
        foreach (var d in file.Demand.Where(d => m >= d.From && m < d.Until))
        {
            needs[(int)d.Need] +=
                d.Servers * Math.Pow(1 + d.Growth, (m - Math.Max(0, d.From)) / 12.0);
        }
        foreach (var shock in file.Shocks.Where(s => m >= s.Month))
        {
            for (var need = 0; need < needs.Length; need++)
            {
                needs[need] *= shock.Need is null || (int)shock.Need == need ? 1 - shock.Saved : 1;
            }
        }
        return there with { Training = needs[0], Small = needs[1], Merchant = needs[2] };
    }

    private double[] World(int months) =>
        [
            .. Enumerable
                .Range(0, months)
                .Select(m =>
                    file.World is { } world
                        ? Math.Log(world) + (Math.Log(1 + file.WorldGrowth) * m / 12)
                        : double.NaN
                ),
        ];

    private double[][] Shocks(double[] values, int months, ref RandomStream stream)
    {
        var noise = file.Uncertain ? values[(int)Parameter.RentNoise] : 0;
        var shocks = new double[Segment.Tiers][];
        for (var k = 0; k < Segment.Tiers; k++)
        {
            shocks[k] = new double[months];
        }
        for (var m = 0; m < months; m++)
        {
            var common = new Gaussian(0, 1).Draw(ref stream);
            for (var k = 0; k < Segment.Tiers; k++)
            {
                shocks[k][m] =
                    noise * ((0.8 * common) + (0.6 * new Gaussian(0, 1).Draw(ref stream)));
            }
        }
        return shocks;
    }

    private double Budget(int m) =>
        Small.Where(v => m >= v.From && m < v.Until).Sum(v => v.BudgetPerYear / 12);

    private double Face()
    {
        var budget = Small.Sum(v => v.BudgetPerYear);
        return budget > 0 ? Small.Sum(v => v.Share * v.BudgetPerYear) / budget : 0;
    }

    /// <summary>Most that one contract draws: the mean over the schemes by their budgets.</summary>
    private double Cap()
    {
        var budget = Small.Sum(v => v.BudgetPerYear);
        return budget > 0
            ? Small.Where(v => v.BudgetPerYear > 0).Sum(v => v.CapPerUser * v.BudgetPerYear)
                / budget
            : double.PositiveInfinity;
    }

    /// <summary>Schemes that small tenants may use: those whose demand a lower price calls forth.</summary>
    private IEnumerable<VoucherScheme> Small => file.Vouchers.Where(v => v.Serves(Need.Small));
}
