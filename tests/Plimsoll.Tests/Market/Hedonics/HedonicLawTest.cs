using Plimsoll.Catalog;
using Plimsoll.Market.Hedonics;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Market.Hedonics;

public sealed class HedonicLawTest(ITestOutputHelper output)
{
    private static readonly CatalogView _view = FactCatalog.Shipped().AsOf(new Month(2025, 12));

    [Fact]
    public void Prints()
    {
        var law = HedonicLaw.Fit(_view);
        foreach (var r in law.Ratios)
        {
            output.WriteLine($"{r}");
        }
        foreach (var (n, s) in ChipNeeds.Names.Zip(law.Slopes))
        {
            output.WriteLine($"{n} {s.Mean:0.00} {s.Deviation:0.00}");
        }
        foreach (var chip in _view.Names("accelerators"))
        {
            var q = ChipQuality.Of(law, chip);
            output.WriteLine(
                $"{chip, -22} {Math.Exp(q.LogQuality):0.00} {q.Deviation:0.00} {q.Quoted}"
            );
        }
        foreach (
            var chip in law
                .Ratios.SelectMany(r => new[] { r.Chip, r.Other })
                .Distinct()
                .Where(c => c != ChipNeeds.Reference)
        )
        {
            var o = law.Quality(chip);
            var l = HedonicLaw.Fit(_view, chip).Quality(chip);
            output.WriteLine(
                $"left out {chip, -22} own {Math.Exp(o.Mean):0.00} law {Math.Exp(l.Mean):0.00} miss {l.Mean - o.Mean:0.00} sd {l.Deviation:0.00}"
            );
        }
    }
}
