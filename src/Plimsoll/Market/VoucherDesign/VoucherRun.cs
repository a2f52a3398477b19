using Plimsoll.Catalog;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Quantities;
using Plimsoll.Sampling;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>Tries schemes in a market: each is run on the same draws as the market without it.</summary>
/// <param name="file">What is asked.</param>
/// <param name="view">The catalogue as known when the market starts.</param>
public sealed class VoucherRun(VoucherFile file, CatalogView view)
{
    private const int Resamples = 400;
    private const double SaturatedAt = 2;
    private readonly HashSet<string> _here = [.. file.Centres];

    /// <summary>Tries every face value and budget, then the limit's money in each form.</summary>
    /// <param name="threads">Threads, at least 1; the result does not depend on them.</param>
    /// <param name="progress">Told the share done; null for nobody.</param>
    /// <param name="cancellation">Polled before every scheme.</param>
    public VoucherResult Run(
        int threads,
        Action<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using var culture = InvariantCulture.Begin();
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var all = (file.FaceValues.Count * file.Budgets.Count) + 5.0;
        var done = 0;
        MarketUse[] Try(MarketFile market)
        {
            cancellation.ThrowIfCancellationRequested();
            var uses = Uses(market, threads);
            progress?.Invoke(++done / all);
            return uses;
        }
        var without = Try(file.Market);
        var schemes = new List<SchemeResult>();
        foreach (var face in file.FaceValues)
        {
            SchemeResult? before = null;
            foreach (var budget in file.Budgets)
            {
                var with = budget <= 0 || face <= 0 ? without : Try(With(face, budget));
                var paid = with.Select(u => u.Paid).ToArray();
                var tried = Beside(SupportForm.Voucher, face, budget, without, with, paid);
                before = tried with { Saturated = Saturated(before, tried) };
                schemes.Add(before);
            }
        }
        var rent = Rent(without);
        var worth = file.HourWorth ?? (Surplus * rent);
        var told = schemes.Where(s => s.Budget <= file.Limit && !double.IsNaN(s.PerHour)).ToList();
        var best = told.Where(s => s.PerHour <= worth)
            .OrderByDescending(s => (s.Added * worth) - s.Paid)
            .ThenBy(s => s.Paid)
            .FirstOrDefault();
        var cheapest = told.MinBy(s => s.PerHour);
        // Where no scheme pays anything there is no money to compare.
        var money =
            (best ?? cheapest)?.Paid
            ?? (schemes.Any(s => s.Paid > 0) ? file.Limit * file.Years : 0);
        return new VoucherResult(
            file,
            EmptyShare(without),
            rent,
            worth,
            schemes,
            best,
            cheapest,
            money,
            [.. Forms(without, best ?? cheapest, money, Try)]
        );
    }

    /// <summary>Worth of an added hour over its rent where the file does not tell: its rent, and half as much again for what its use is worth beyond it (the surplus of users on a straight demand line of elasticity -1; own prior).</summary>
    private const double Surplus = 1.5;

    /// <summary>Mean rent of an hour where the scheme would hold, money.</summary>
    private static double Rent(MarketUse[] uses)
    {
        var hours = uses.Sum(u => u.Here);
        return hours > 0 ? uses.Sum(u => u.RentsHere) / hours : 0;
    }

    /// <summary>The market with a scheme.</summary>
    internal MarketFile With(double face, double budget) =>
        file.Market with
        {
            Vouchers =
            [
                new VoucherScheme(file.Name, face, file.CapPerUser, budget, file.From, file.Until)
                {
                    Needs = file.Needs,
                },
            ],
            Centres =
            [
                .. file.Market.Centres.Select(c =>
                    _here.Contains(c.Name) ? c with { Scheme = 0 } : c
                ),
            ],
        };

    /// <summary>What a market comes to in every draw.</summary>
    internal MarketUse[] Uses(MarketFile market, int threads)
    {
        var run = new MarketFileRun(market, view);
        var uses = new MarketUse[market.Draws];
        Parallel.For(
            0,
            market.Draws,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new ContractEngine(),
            (draw, _, engine) =>
            {
                uses[draw] = MarketUse.Of(engine.Run(run.Plain(draw), true), _here);
                return engine;
            },
            _ => { }
        );
        return uses;
    }

    /// <summary>The same money as a voucher, paid to owners on use, and as a grant on building.</summary>
    private IEnumerable<SchemeResult> Forms(
        MarketUse[] without,
        SchemeResult? voucher,
        double money,
        Func<MarketFile, MarketUse[]> attempt
    )
    {
        if (money <= 0 || file.Years <= 0)
        {
            yield break;
        }
        if (voucher is not null)
        {
            yield return voucher;
        }
        // A payment per hour used is a lower cost of keeping a server on; the rate is what the hours used without it would take.
        // Then again by what is used with it, so that the money paid is the same as the others'.
        var rate = money / Math.Max(1, without.Average(u => u.Here));
        var onUse = attempt(Paid(rate));
        rate = money / Math.Max(1, onUse.Average(u => u.Here));
        onUse = attempt(Paid(rate));
        yield return Beside(
            SupportForm.OnUse,
            double.NaN,
            money / file.Years,
            without,
            onUse,
            [.. onUse.Select(u => rate * u.Here)]
        );
        var hall = Hall(money);
        var built = attempt(
            file.Market with
            {
                Centres = [.. file.Market.Centres.Append(hall).OrderBy(c => c.Announced)],
            }
        );
        var paid = Enumerable.Repeat(money, built.Length).ToArray();
        yield return Beside(
            SupportForm.OnBuild,
            double.NaN,
            money / file.Years,
            without,
            built,
            paid
        ) with
        {
            HallAccelerators = hall.Accelerators,
        };
        var hours =
            hall.Accelerators * (file.Market.Months - hall.Online) * CentreFrame.HoursPerMonth;
        yield return Beside(
            SupportForm.OnBuildWithClawback,
            double.NaN,
            money / file.Years,
            without,
            built,
            [
                .. built.Select(
                    (u, i) =>
                    {
                        // What the market uses more than without the hall is what the grant is for.
                        var used = Math.Clamp(
                            (u.Used - without[i].Used) / Math.Max(1, hours),
                            0,
                            1
                        );
                        return money * (1 - (file.Recovery * (1 - used)));
                    }
                ),
            ]
        ) with
        {
            HallAccelerators = hall.Accelerators,
        };
    }

    /// <summary>The market where owners are paid for each hour used.</summary>
    private MarketFile Paid(double rate) =>
        file.Market with
        {
            Centres =
            [
                .. file.Market.Centres.Select(c =>
                    _here.Contains(c.Name) && !double.IsNaN(c.AvoidableCost)
                        ? c with
                        {
                            AvoidableCost = Math.Max(
                                1,
                                c.AvoidableCost
                                    - (rate * CentreFrame.HoursPerMonth * ContractEngine.PerServer)
                            ),
                        }
                        : c
                ),
            ],
        };

    /// <summary>The hall that the limit's money helps to build: like the first centre where vouchers would hold.</summary>
    private CentreSeed Hall(double money)
    {
        var like = file.Market.Centres.First(c => _here.Contains(c.Name));
        var price = file.Market.Set.TryGetValue(Parameter.ServerCost, out var stated)
            ? stated
            : Prior
                .Of(file.Market.Currency == Currency.Cny ? "china" : "us")
                .Single(p => p.Parameter == Parameter.ServerCost)
                .Median;
        var servers = Math.Max(1, (int)Math.Round(money / (file.BuildShare * price)));
        return like with
        {
            Name = like.Name + ", new hall",
            Accelerators = servers * (int)ContractEngine.PerServer,
            Announced = file.From,
            Online = Math.Min(file.Market.Months - 1, file.From + file.BuildMonths),
            Scheme = -1,
        };
    }

    private SchemeResult Beside(
        SupportForm form,
        double face,
        double budget,
        MarketUse[] without,
        MarketUse[] with,
        double[] paid
    )
    {
        double[] added = [.. with.Zip(without, (w, o) => w.Used - o.Used)];
        double Mean(Func<MarketUse, double> of) => with.Average(of) - without.Average(of);
        var mean = added.Average();
        var error = Math.Sqrt(
            added.Sum(a => (a - mean) * (a - mean)) / Math.Max(1, added.Length - 1) / added.Length
        );
        var (low, high) = Resampled(paid, added);
        var covered = with.Average(u => u.Covered);
        var told = mean > 2 * error && mean > 0;
        // A new hall stands where the scheme holds.
        var here = Mean(u => u.Here);
        var elsewhere = Mean(u => u.Elsewhere);
        var whole = budget * Budgets();
        return new SchemeResult(
            form,
            face,
            budget,
            paid.Average(),
            whole > 0 ? paid.Max() / whole : 0,
            mean,
            error,
            form is SupportForm.OnBuild or SupportForm.OnBuildWithClawback
                ? here + elsewhere
                : here,
            form is SupportForm.OnBuild or SupportForm.OnBuildWithClawback ? 0 : elsewhere,
            covered,
            covered > 0 ? Math.Clamp(1 - (mean / covered), 0, 1) : double.NaN,
            told ? paid.Average() / mean : double.NaN,
            told ? low : double.NaN,
            told ? high : double.NaN,
            Mean(u => u.RentsHere),
            Mean(u => u.RentsElsewhere),
            form == SupportForm.Voucher ? paid.Average() - Dearer(without, with) : 0,
            EmptyShare(with),
            false
        )
        {
            Binding = form == SupportForm.Voucher && SchemeResult.Bind(paid.Average(), whole),
        };
    }

    /// <summary>Calendar years in which the scheme's budget is renewed.</summary>
    private double Budgets()
    {
        var last = Math.Min(file.Until, file.Market.Months) - 1;
        return (file.Market.Start + last).Year - (file.Market.Start + file.From).Year + 1;
    }

    /// <summary>What dearer rents cost tenants on what they rented without the scheme.</summary>
    private static double Dearer(MarketUse[] without, MarketUse[] with)
    {
        var sum = 0.0;
        for (var d = 0; d < with.Length; d++)
        {
            for (var m = 0; m < with[d].LetByMonth.Length; m++)
            {
                var (now, then) = (with[d].PriceByMonth[m], without[d].PriceByMonth[m]);
                if (!double.IsNaN(now) && !double.IsNaN(then))
                {
                    sum += without[d].LetByMonth[m] / ContractEngine.PerServer * (now - then);
                }
            }
        }
        return sum / with.Length;
    }

    /// <summary>80 % interval of paid over added, draws resampled.</summary>
    private (double Low, double High) Resampled(double[] paid, double[] added)
    {
        var ratios = new double[Resamples];
        for (var r = 0; r < Resamples; r++)
        {
            var stream = RandomStream.Keyed(
                file.Market.Seed,
                r,
                EntityId.Of("voucher resample"),
                Purpose.Fitting
            );
            double money = 0,
                hours = 0;
            for (var i = 0; i < paid.Length; i++)
            {
                var which = stream.NextInteger(paid.Length);
                (money, hours) = (money + paid[which], hours + added[which]);
            }
            ratios[r] = hours > 0 ? money / hours : double.PositiveInfinity;
        }
        Array.Sort(ratios);
        return (ratios[(int)(0.1 * (Resamples - 1))], ratios[(int)(0.9 * (Resamples - 1))]);
    }

    private static double EmptyShare(MarketUse[] uses) =>
        1 - (uses.Sum(u => u.Used) / Math.Max(1, uses.Sum(u => u.Installed)));

    /// <summary>True when what a larger budget adds costs more than twice what hours cost before, or is none: from there the money set aside for an hour rises.</summary>
    internal static bool Saturated(SchemeResult? before, SchemeResult now)
    {
        if (before is null || before.Added <= 0)
        {
            return false;
        }
        if (before.Budget <= 0)
        {
            return false;
        }
        var more = now.Added - before.Added;
        var cost = (now.Budget - before.Budget) / Math.Max(1e-9, more);
        return more <= 0 || cost > SaturatedAt * before.Budget / before.Added;
    }
}
