using System.Reflection;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Files;
using Plimsoll.Market;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Market.Store;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Tests.Files;
using Xunit;

namespace Plimsoll.Tests.Market;

/// <summary>Prepared markets that are kept: what is found is what was made, and nothing else is believed.</summary>
public sealed class WorldStoreTest
{
    private static readonly CatalogView _view = FactCatalog
        .Shipped()
        .AsOf(new DateOnly(2024, 12, 31));

    private static MarketRequest Request(int draws, MarketScenario? scenario = null) =>
        new(_view, scenario ?? new MarketScenario(), 5, draws, new Month(2027, 12));

    private static MarketRun Prepare(
        ContentStore? store,
        int draws,
        MarketScenario? scenario = null
    ) => MarketRun.Prepare(Request(draws, scenario), new RunContext { Threads = 2, Store = store });

    private static CentrePlan Plan() =>
        new()
        {
            Name = "hall",
            Site = "Zhengzhou",
            Start = new Month(2025, 1),
            Months = 36,
            Fleets = [new FleetPlan("H100 SXM5", "8xH100", 256, new Month(2025, 4), true)],
            Products = [Product.TrainingLease, Product.SmallLease, Product.Spot],
            AvoidableCostPerAcceleratorMonth = 1500,
            ReachableShare = 0.6,
        };

    private static void SameMarkets(MarketRun expected, MarketRun found)
    {
        Assert.Equal(expected.Worlds, found.Worlds);
        for (var draw = 0; draw < expected.Worlds; draw++)
        {
            Same(expected.Record(draw), found.Record(draw), $"draw {draw}");
            Same(expected.Member(draw), found.Member(draw), $"draw {draw}");
            var (a, b) = (
                expected.Centre(Plan(), new AskPolicy(1), draw).Physical,
                found.Centre(Plan(), new AskPolicy(1), draw).Physical
            );
            Assert.Equal(a.Sales[0].GpuHours, b.Sales[0].GpuHours);
            Assert.Equal(a.Leases, b.Leases);
            Assert.Equal(a.ResalePrice, b.ResalePrice);
        }
    }

    // Every property of what is kept, public or not, bit for bit; a new one that the walk forgets is found here.
    private static void Same(object expected, object found, string where)
    {
        const BindingFlags All =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var property in expected.GetType().GetProperties(All))
        {
            if (property.GetIndexParameters().Length > 0 || property.Name == "EqualityContract")
            {
                continue;
            }
            var (a, b) = (property.GetValue(expected), property.GetValue(found));
            if (a is MarketPath path)
            {
                Same(path, b!, $"{where}, {property.Name}");
            }
            else
            {
                Assert.True(
                    Bits(a).SequenceEqual(Bits(b)),
                    $"{where}: {property.Name} came back changed"
                );
            }
        }
    }

    private static IEnumerable<long> Bits(object? value) =>
        value switch
        {
            null => [],
            double d => [BitConverter.DoubleToInt64Bits(d)],
            float f => [BitConverter.SingleToInt32Bits(f)],
            System.Collections.IEnumerable all => all.Cast<object?>().SelectMany(Bits),
            _ => [Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)],
        };

    [Fact]
    public void A_market_of_the_store_is_the_market_itself_bit_for_bit()
    {
        using var folder = new TempFolder();
        MarketScenario[] scenarios =
        [
            new(),
            new() { Market = "us" },
            new() { ExportRuleLifted = true, WorldLink = "on" },
        ];
        foreach (var scenario in scenarios)
        {
            var plain = Prepare(null, 14, scenario);
            SameMarkets(plain, Prepare(ContentStore.In(folder.Path), 14, scenario));
            // Another process: nothing in memory, all from the folder.
            SameMarkets(plain, Prepare(ContentStore.In(folder.Path), 14, scenario));
        }
    }

    [Fact]
    public void Fewer_and_more_draws_share_their_worlds_and_a_market_is_run_once()
    {
        using var folder = new TempFolder();
        var store = ContentStore.In(folder.Path);
        var few = Prepare(store, 7);
        var more = Prepare(store, 26);
        Assert.All(Enumerable.Range(0, 7), d => Assert.Same(few.Record(d), more.Record(d)));
        Assert.Same(more.Record(25), Prepare(store, 26).Record(25));
        // What touches the centre alone asks for the same market; so does another day on which the same was known.
        var delayed = Prepare(store, 26, new MarketScenario { DelayMonths = 12, RentFactor = 0.7 });
        Assert.Same(more.Record(25), delayed.Record(25));
        SameMarkets(Prepare(null, 26), Prepare(ContentStore.In(folder.Path), 26));
    }

    [Fact]
    public void Quotes_move_levels_and_share_the_market()
    {
        var store = ContentStore.InMemory();
        var quoted = Request(6) with
        {
            Quotes =
            [
                new Quote(
                    new Month(2024, 11),
                    new DateOnly(2024, 11, 1),
                    "H100 SXM5",
                    QuoteBasis.Contract,
                    9,
                    0.1,
                    "own"
                ),
            ],
        };
        var plain = Prepare(store, 6);
        var other = MarketRun.Prepare(quoted, new RunContext { Threads = 2, Store = store });
        Assert.Same(plain.Record(0), other.Record(0));
        Assert.NotEqual(
            plain.LogRent(0, "H100 SXM5", QuoteBasis.Contract),
            other.LogRent(0, "H100 SXM5", QuoteBasis.Contract)
        );
    }

    [Fact]
    public void A_centre_that_is_left_out_is_not_in_the_market()
    {
        var named = NamedCentres.Of(_view, MarketGivens.Of(_view, "china"), "china");
        var gone = named.Centres[0].Name;
        var all = WorldFacts.Of(Request(6));
        var less = WorldFacts.Of(Request(6) with { Without = [gone] });
        Assert.Contains(all.Named.Centres, c => c.Name == gone);
        Assert.Equal(all.Named.Centres.Where(c => c.Name != gone), less.Named.Centres);
        Assert.NotEqual(WorldKey.Of(all), WorldKey.Of(less));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("altered")]
    [InlineData("renamed")]
    [InlineData("foreign")]
    [InlineData("empty")]
    [InlineData("sealed nonsense")]
    public void An_entry_that_cannot_be_believed_is_made_again_and_said(string harm)
    {
        using var folder = new TempFolder();
        var sound = Prepare(ContentStore.In(folder.Path), 14);
        var entries = Directory.GetFiles(folder.In("markets"), "*.worlds").Order().ToArray();
        Assert.Equal(2, entries.Length);
        var bytes = File.ReadAllBytes(entries[0]);
        switch (harm)
        {
            case "cut":
                File.WriteAllBytes(entries[0], bytes[..(bytes.Length / 2)]);
                break;
            case "altered":
                bytes[bytes.Length / 3] ^= 4;
                File.WriteAllBytes(entries[0], bytes);
                break;
            case "renamed":
                File.Copy(entries[1], entries[0], overwrite: true);
                break;
            case "foreign":
                var name = Path.GetFileNameWithoutExtension(entries[0]);
                new PrivateStore(folder.In("markets"), "worlds", "worlds 0", 100).Write(
                    name,
                    bytes[..^32]
                );
                break;
            case "empty":
                File.WriteAllBytes(entries[0], []);
                break;
            case "sealed nonsense":
                var key = Path.GetFileNameWithoutExtension(entries[0]);
                new PrivateStore(folder.In("markets"), "worlds", "worlds 1", 100).Write(
                    key,
                    [12, 0, 0, 0, 255, 255, 255, 127]
                );
                break;
        }
        var store = ContentStore.In(folder.Path);
        SameMarkets(sound, Prepare(store, 14));
        Assert.Contains("was not used", Assert.Single(store.Notes), StringComparison.Ordinal);
        // It was written anew: the next run finds it sound.
        var after = ContentStore.In(folder.Path);
        SameMarkets(sound, Prepare(after, 14));
        Assert.Empty(after.Notes);
    }

    [Fact]
    public void A_folder_that_may_only_be_read_serves_and_one_that_cannot_be_written_is_said()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var folder = new TempFolder();
        var sound = Prepare(ContentStore.In(folder.Path), 14);
        var markets = folder.In("markets");
        var before = Directory.GetFiles(markets).Order().ToArray();
        File.SetUnixFileMode(markets, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var store = ContentStore.In(folder.Path);
            SameMarkets(sound, Prepare(store, 14));
            Assert.Empty(store.Notes);
            Assert.Equal(before, Directory.GetFiles(markets).Order());
        }
        finally
        {
            File.SetUnixFileMode(
                markets,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
        var nowhere = ContentStore.In("/proc/no/such");
        SameMarkets(sound, Prepare(nowhere, 14));
        Assert.Contains(
            "could not be stored",
            Assert.Single(nowhere.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Many_that_fill_one_key_at_once_find_one_result()
    {
        using var folder = new TempFolder();
        var sound = Prepare(null, 14);
        // Stores that share a folder and no memory are what processes are to each other.
        Parallel.For(
            0,
            8,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            _ => SameMarkets(sound, Prepare(ContentStore.In(folder.Path), 14))
        );
        Assert.Equal(2, Directory.GetFiles(folder.In("markets"), "*.worlds").Length);
        Assert.Empty(Directory.GetFiles(folder.In("markets"), "*.draft"));
    }

    [Fact]
    public void A_world_takes_at_most_300_kilobytes_in_the_folder()
    {
        using var folder = new TempFolder();
        MarketRun.Prepare(
            new MarketRequest(_view, new MarketScenario(), 5, 12, new Month(2032, 12)),
            new RunContext { Threads = 2, Store = ContentStore.In(folder.Path) }
        );
        var entry = Assert.Single(Directory.GetFiles(folder.In("markets"), "*.worlds"));
        Assert.InRange(new FileInfo(entry).Length / 12.0, 1, 300_000);
    }

    [Fact]
    public void Memory_is_bounded_and_what_was_not_used_for_longest_goes_first()
    {
        var store = ContentStore.InMemory(100);
        for (var i = 0; i < 5; i++)
        {
            store.Keep($"k{i}", $"v{i}", 30, _ => []);
            Assert.NotNull(store.Find<string>("k0", _ => null, _ => 0));
        }
        Assert.Equal("v0", store.Find<string>("k0", _ => null, _ => 0));
        Assert.Null(store.Find<string>("k1", _ => null, _ => 0));
        Assert.Equal("v4", store.Find<string>("k4", _ => null, _ => 0));
    }

    [Fact]
    public void Every_fact_of_a_market_moves_its_key()
    {
        var facts = WorldFacts.Of(Request(6));
        var key = WorldKey.Of(facts);
        Assert.Equal(key, WorldKey.Of(WorldFacts.Of(Request(60))));
        var givens = facts.Givens with { VoucherBudget = [1, 2] };
        var sound = facts with { Givens = givens };
        var own = WorldKey.Of(sound);
        string[] ofTheCentre =
        [
            nameof(MarketScenario.RentFactor),
            nameof(MarketScenario.DelayMonths),
            nameof(MarketScenario.AnchorDefaultMonth),
        ];
        foreach (var moved in Moved(givens))
        {
            Assert.NotEqual(own, WorldKey.Of(sound with { Givens = moved.Value }));
        }
        foreach (var moved in Moved(facts.Terms))
        {
            Assert.NotEqual(key, WorldKey.Of(facts with { Terms = moved.Value }));
        }
        foreach (var moved in Moved(facts.Scenario))
        {
            Assert.Equal(
                ofTheCentre.Contains(moved.Name),
                key == WorldKey.Of(facts with { Scenario = moved.Value })
            );
        }
        foreach (var moved in Moved(facts).Where(m => m.Name is "Seed" or "Months"))
        {
            Assert.NotEqual(key, WorldKey.Of(moved.Value));
        }
        var centre = Assert.IsType<CentreSeed>(facts.Named.Centres[0]);
        foreach (var moved in Moved(centre))
        {
            CentreSeed[] centres = [moved.Value, .. facts.Named.Centres.Skip(1)];
            Assert.NotEqual(
                key,
                WorldKey.Of(facts with { Named = facts.Named with { Centres = centres } })
            );
        }
        var member = facts.Ensemble.Members[0];
        foreach (var moved in Moved(member))
        {
            Member[] members = [moved.Value, .. facts.Ensemble.Members.Skip(1)];
            Assert.NotEqual(
                key,
                WorldKey.Of(facts with { Ensemble = facts.Ensemble with { Members = members } })
            );
        }
    }

    // The record with one property changed, for each of its properties.
    private static IEnumerable<(string Name, T Value)> Moved<T>(T record)
        where T : class
    {
        var clone = typeof(T).GetMethod("<Clone>$")!;
        foreach (var property in typeof(T).GetProperties())
        {
            if (property.SetMethod is null || Change(property.GetValue(record)) is not { } changed)
            {
                continue;
            }
            var copy = (T)clone.Invoke(record, null)!;
            property.SetValue(copy, changed);
            yield return (property.Name, copy);
        }
    }

    private static object? Change(object? value) =>
        value switch
        {
            bool b => !b,
            int i => i == int.MaxValue ? 7 : i + 1,
            ulong u => u + 1,
            double d => double.IsNaN(d) ? 0.5 : d * 1.0000001 + 1e-9,
            string s => s + "x",
            Month m => m + 1,
            double[] a => (double[])[.. a.SkipLast(1), (double)Change(a[^1])!],
            IReadOnlyList<double> a => (double[])[.. a.SkipLast(1), (double)Change(a[^1])!],
            TierTerms t => t with { Price = (double[])Change(t.Price)! },
            Enum e => Enum.ToObject(e.GetType(), Convert.ToInt32(e, null) + 1),
            _ => null,
        };
}
