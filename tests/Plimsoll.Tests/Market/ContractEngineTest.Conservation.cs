using CsCheck;
using Plimsoll.Catalog;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>What may never be lost: accelerators, contracts, voucher money. On drawn national markets.</summary>
public sealed partial class ContractEngineTest
{
    private const int NationalMonths = 42;

    private static readonly Lazy<(MarketGivens, Ensemble, NamedCentres)> _china = new(() =>
    {
        var view = FactCatalog.Shipped().AsOf(new DateOnly(2024, 12, 31));
        var givens = MarketGivens.Of(view, "china");
        return (givens, Ensemble.Of(view, "china"), NamedCentres.Of(view, givens, "china"));
    });

    private static MarketWorld National(ulong seed, int draw)
    {
        var (givens, ensemble, named) = _china.Value;
        var one = ensemble.Draw(givens, new MarketScenario(), seed, draw, NationalMonths);
        return new MarketWorld(
            MarketForcing.Of(givens, one.Backdrop, one.Member.Values),
            one.Member,
            named.Centres,
            named.Vouchers,
            Mechanisms.None,
            ContractTerms.Shipped,
            seed,
            draw
        );
    }

    [Fact]
    public void Sold_idle_dark_and_repair_make_up_the_installed_in_every_centre_and_month() =>
        Gen.Int[0, 100_000]
            .Sample(
                draw =>
                {
                    var record = new ContractEngine().Run(National(7, draw), true);
                    Assert.NotEmpty(record.Centres);
                    foreach (var c in record.Centres)
                    {
                        for (var m = 0; m < NationalMonths; m++)
                        {
                            var sum = c.Let[m] + c.Spot[m] + c.Idle[m] + c.Dark[m] + c.Repair[m];
                            Assert.Equal(c.Installed[m], sum, 6);
                            Assert.True(
                                Math.Min(
                                    Math.Min(c.Let[m], c.Spot[m]),
                                    Math.Min(Math.Min(c.Idle[m], c.Dark[m]), c.Repair[m])
                                ) >= -1e-9
                            );
                        }
                    }
                },
                iter: 12,
                threads: 1
            );

    [Fact]
    public void Contracts_neither_vanish_nor_overlap() =>
        Gen.Int[0, 100_000]
            .Sample(
                draw =>
                {
                    var record = new ContractEngine().Run(National(8, draw), true);
                    var let = new double[record.Centres.Count, NationalMonths];
                    foreach (var contract in record.Contracts)
                    {
                        Assert.True(contract.End > contract.Begin);
                        for (var m = contract.Begin; m < contract.End; m++)
                        {
                            let[contract.Centre, m] += contract.Accelerators;
                        }
                    }
                    for (var c = 0; c < record.Centres.Count; c++)
                    {
                        for (var m = 0; m < NationalMonths; m++)
                        {
                            Assert.Equal(record.Centres[c].Let[m], let[c, m]);
                        }
                    }
                },
                iter: 12,
                threads: 1
            );

    [Fact]
    public void Voucher_budgets_are_never_overdrawn() =>
        Gen.Select(Gen.Double[1e3, 1e6], Gen.Double[0.05, 0.9], Gen.Double[10, 1e4], Gen.ULong)
            .Sample(
                (budget, face, cap, seed) =>
                {
                    var record = new SmallMarket
                    {
                        Small = 200,
                        Training = 100,
                        Centres =
                        [
                            SmallMarket.Centre("a", 200) with
                            {
                                Scheme = 0,
                            },
                            SmallMarket.Centre("b", 200) with
                            {
                                Scheme = 0,
                            },
                        ],
                        Vouchers = [new VoucherScheme("city", face, cap, budget, 0, 48)],
                    }.Run(seed, true);
                    var byYear = record
                        .Contracts.GroupBy(c => c.Begin / 12)
                        .Select(g => g.Sum(c => c.Voucher));
                    Assert.All(byYear, paid => Assert.True(paid <= budget * (1 + 1e-12)));
                    Assert.All(record.Contracts, c => Assert.True(c.Voucher <= cap));
                    Assert.Equal(record.Contracts.Sum(c => c.Voucher), record.VoucherPaid[0], 3);
                },
                iter: 40,
                threads: 1
            );

    /// <summary>Each of the thirteen can be taken away alone; nothing breaks, and what it does is gone.</summary>
    [Fact]
    public void Each_mechanism_can_be_switched_off_alone()
    {
        var engine = new ContractEngine();
        var all = engine.Run(National(11, 2));
        foreach (var one in Enum.GetValues<Mechanisms>().Where(m => m != Mechanisms.None))
        {
            var (givens, ensemble, named) = _china.Value;
            var scenario = new MarketScenario { Off = one };
            var draw = ensemble.Draw(givens, scenario, 11, 2, NationalMonths);
            var record = engine.Run(
                National(11, 2) with
                {
                    Off = one,
                    Forcing = MarketForcing.Of(givens, draw.Backdrop, draw.Member.Values, one),
                },
                true
            );
            foreach (var c in record.Centres)
            {
                var m = NationalMonths - 1;
                Assert.Equal(
                    c.Installed[m],
                    c.Let[m] + c.Spot[m] + c.Idle[m] + c.Dark[m] + c.Repair[m],
                    6
                );
            }
            switch (one)
            {
                case Mechanisms.NewBuild:
                    Assert.True(record.Path.Projects[^1] < all.Path.Projects[^1]);
                    break;
                case Mechanisms.DarkDecision:
                    Assert.All(record.Centres, c => Assert.All(c.Dark, d => Assert.Equal(0, d)));
                    break;
                case Mechanisms.Resale:
                    Assert.All(record.Path.SaleFlow[0], f => Assert.Equal(0, f));
                    break;
                case Mechanisms.Vouchers:
                    Assert.All(record.VoucherPaid, p => Assert.Equal(0, p));
                    break;
                case Mechanisms.Eligibility:
                    Assert.True(record.Path.Offered[0][0] > all.Path.Offered[0][0]);
                    break;
                case Mechanisms.LatencyReach:
                    Assert.All(record.Path.StockOffered[1], x => Assert.Equal(0, x));
                    break;
                default:
                    break;
            }
        }
    }

    [Fact]
    public void A_worn_engine_gives_the_same_bytes_as_a_new_one()
    {
        var engine = new ContractEngine();
        engine.Run(National(9, 1));
        engine.Run(National(9, 2), true);
        var again = engine.Run(National(9, 3));
        var fresh = new ContractEngine().Run(National(9, 3));
        Assert.Equal(fresh.Path.StockRent, again.Path.StockRent);
        Assert.Equal(fresh.Path.StockLet, again.Path.StockLet);
        Assert.Equal(fresh.Path.Cancelled, again.Path.Cancelled);
        Assert.Equal(fresh.Transacted, again.Transacted);
    }

    [Fact]
    public void Keeping_the_ledger_touches_no_draw()
    {
        var plain = new ContractEngine().Run(National(10, 4));
        var kept = new ContractEngine().Run(National(10, 4), true);
        Assert.Equal(plain.Path.StockRent, kept.Path.StockRent);
        Assert.Equal(plain.Running, kept.Running);
    }
}
