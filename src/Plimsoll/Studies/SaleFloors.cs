using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Where today's quote lies below the floor against selling: an owner is told that letting at it loses.</summary>
internal static class SaleFloors
{
    /// <summary>One sentence a kind of server whose quote is below a floor against selling, with all its tenors for which it is.</summary>
    /// <param name="floors">Price floors by kind of server and tenor.</param>
    public static IReadOnlyList<Phrase> Said(IReadOnlyList<PriceFloor> floors) =>
        [
            .. floors
                .Where(f => f.SellingIsBetter)
                .GroupBy(f => f.Server, StringComparer.Ordinal)
                .Select(g =>
                    Phrase.Of(
                        "ground.owner.sale",
                        g.First().Title,
                        g.First().Quote,
                        List(g.Select(f => Phrase.Of("flip.whole", (double)f.TenorMonths))),
                        List(g.Select(f => Phrase.Of("flip.price", f.AgainstSale)))
                    )
                ),
        ];

    private static Phrase List(IEnumerable<Phrase> of) =>
        of.Aggregate((before, next) => Phrase.Of("list", before, next));
}
