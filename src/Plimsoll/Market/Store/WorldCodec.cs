using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Store;

/// <summary>Prepared markets as bytes and back, bit for bit.</summary>
/// <remarks>Ledgers of centres and contracts, which only tests and reports ask for, are not kept.</remarks>
/// <param name="facts">What every world of the request shares and is made anew from the catalogue.</param>
internal sealed class WorldCodec(WorldFacts facts)
{
    private const int MostMonths = 1200;
    private const int MostSubSteps = 64;

    /// <summary>The bytes of worlds.</summary>
    public byte[] Write(IReadOnlyList<PreparedWorld> worlds) =>
        WorldTape.Write(tape =>
        {
            tape.Pass(worlds.Count);
            foreach (var world in worlds)
            {
                Pass(tape, world, world.Market.Draw);
            }
        });

    /// <summary>The worlds of bytes.</summary>
    /// <param name="bytes">As written.</param>
    /// <param name="first">Draw of the first of them.</param>
    /// <returns>Null when the bytes are no worlds of this request.</returns>
    public PreparedWorld[]? Read(ReadOnlyMemory<byte> bytes, int first)
    {
        try
        {
            var tape = WorldTape.Of(bytes);
            var count = tape.Pass(0);
            if (count is < 1 or > WorldStore.BlockWorlds)
            {
                return null;
            }
            var worlds = new PreparedWorld[count];
            for (var i = 0; i < count; i++)
            {
                worlds[i] = Pass(tape, null, first + i);
            }
            return tape.At == bytes.Length ? worlds : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private PreparedWorld Pass(WorldTape tape, PreparedWorld? world, int draw)
    {
        var months = Bounded(tape.Pass(world?.Record.Path.Months ?? 0), MostMonths);
        var subSteps = Bounded(tape.Pass(world?.Record.SubSteps ?? 0), MostSubSteps);
        var market = Pass(tape, world?.Market, months, draw);
        var record =
            world?.Record ?? new MarketRecord(months, subSteps, facts.Named.Vouchers.Count);
        Pass(tape, record);
        record.Attempts = tape.PassAll(record.Attempts);
        record.VoucherPaid = tape.PassAll(record.VoucherPaid);
        record.Running = tape.Pass(record.Running);
        return new PreparedWorld(market, record);
    }

    private MarketWorld Pass(WorldTape tape, MarketWorld? market, int months, int draw)
    {
        var member = market?.Member;
        var law = (RentLaw)tape.Pass((int)(member?.Law ?? RentLaw.Change));
        var link = tape.Pass(member?.WorldLink == true ? 1 : 0) == 1;
        var weight = tape.Pass(member?.Weight ?? 0);
        var values = tape.PassAll(member?.Values ?? []);
        var forcing = market?.Forcing;
        double[] Series(double[]? series)
        {
            var kept = series ?? new double[months];
            tape.Pass(kept.AsSpan());
            return kept;
        }
        var demand = forcing?.Demand ?? new DemandLevels[months];
        tape.Pass(demand.AsSpan());
        var passed = new MarketForcing
        {
            Start = facts.Givens.Start,
            Demand = demand,
            LogReference = Series(forcing?.LogReference),
            LogWorld = Series(forcing?.LogWorld),
            Push = Series(forcing?.Push),
            Rule = Series(forcing?.Rule),
            RentShock =
            [
                Series(forcing?.RentShock[0]),
                Series(forcing?.RentShock[1]),
                Series(forcing?.RentShock[2]),
            ],
            TokenElasticity = Series(forcing?.TokenElasticity),
            VoucherBudget = Series(forcing?.VoucherBudget),
            VoucherFace = facts.Givens.VoucherFace,
            Tiers = facts.Givens.Tiers,
        };
        return facts.World(passed, new Member(law, link, values, weight), draw);
    }

    private static void Pass(WorldTape tape, MarketRecord record)
    {
        var path = record.Path;
        IEnumerable<double[]> series =
        [
            .. path.Quote,
            .. path.Rent,
            .. path.Spot,
            .. path.Capacity,
            .. path.Offered,
            .. path.Let,
            .. path.Demand,
            .. path.Signed,
            .. path.SecondHand,
            .. path.SaleFlow,
            .. path.StockRent,
            .. path.StockLet,
            .. path.StockOffered,
            .. path.Needs,
            path.TrainingShare,
            path.Projects,
            path.Begun,
            path.Completed,
            path.Cancelled,
            path.Reference,
            path.World,
            path.NewPrice,
            path.TokenUse,
            path.Usable,
            .. record.SpotUse,
            .. record.Transacted,
            .. record.Expected,
            record.VoucherLeft,
            record.LogRent,
        ];
        foreach (var numbers in series)
        {
            tape.Pass(numbers.AsSpan());
        }
        tape.Pass(path.AtBound.AsSpan());
        path.Compute = tape.PassAll(path.Compute);
        float[][] halves =
        [
            record.Gap,
            record.Wanted,
            record.Weight,
            record.Stock,
            record.Eligible,
            record.Let,
            record.Demand,
            record.DropChance,
            record.MeanSize,
        ];
        foreach (var numbers in halves)
        {
            tape.Pass(numbers.AsSpan());
        }
        tape.PassRising(record.FirstBuyer);
    }

    private static int Bounded(int count, int most) =>
        count >= 1 && count <= most
            ? count
            : throw new InvalidDataException($"found {count}; expected 1 to {most}.");
}
