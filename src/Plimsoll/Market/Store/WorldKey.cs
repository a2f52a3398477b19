using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Plimsoll.Market.ContractMarket;

namespace Plimsoll.Market.Store;

/// <summary>The content hash under which a prepared market is kept: of everything its worlds depend on.</summary>
/// <remarks>
/// The facts enter by their content, not by the day or the file they were read from: two days on which the same was known share their worlds, and a change of
/// the catalogue that moves no fact of the market moves no key. The engine enters by the identity of the compiled library.
/// </remarks>
internal static class WorldKey
{
    public static string Of(WorldFacts facts)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(typeof(WorldKey).Module.ModuleVersionId.ToByteArray());
        writer.Write(RuntimeInformation.FrameworkDescription);
        writer.Write((int)RuntimeInformation.ProcessArchitecture);
        writer.Write(facts.Seed);
        writer.Write(facts.Months);
        Write(writer, facts.Scenario);
        Write(writer, facts.Givens);
        Write(writer, facts.Ensemble);
        Write(writer, facts.Named);
        Write(writer, facts.Terms);
        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..32];
    }

    // What touches the centre alone (delay, default of its anchor, factor on its rents) moves no world.
    private static void Write(BinaryWriter writer, MarketScenario scenario)
    {
        writer.Write(scenario.Market);
        writer.Write(scenario.WorldLink);
        writer.Write((int)scenario.Off);
        writer.Write(scenario.EfficiencyShock);
        writer.Write(scenario.ExportRuleLifted);
    }

    private static void Write(BinaryWriter writer, MarketGivens givens)
    {
        writer.Write(givens.Start.ToString());
        writer.Write(givens.KnownMonths);
        writer.Write(givens.PushMonth);
        writer.Write(givens.ReviewMonth);
        writer.Write(givens.VoucherFace);
        foreach (
            var series in (double[][])
                [
                    givens.LogTokens,
                    givens.NationalServers,
                    givens.LogWorldRent,
                    givens.Rule,
                    givens.VoucherBudget,
                    givens.Tiers.Compute,
                    givens.Tiers.Bandwidth,
                    givens.Tiers.Power,
                    givens.Tiers.Price,
                ]
        )
        {
            Write(writer, series);
        }
    }

    private static void Write(BinaryWriter writer, Ensemble ensemble)
    {
        writer.Write(ensemble.DataTo);
        writer.Write(ensemble.Members.Count);
        foreach (var member in ensemble.Members)
        {
            writer.Write((int)member.Law);
            writer.Write(member.WorldLink);
            writer.Write(member.Weight);
            Write(writer, member.Values);
        }
        foreach (var prior in ensemble.Priors)
        {
            writer.Write((int)prior.Parameter);
            writer.Write((int)prior.Scale);
            Write(writer, [prior.Median, prior.Low, prior.High]);
        }
    }

    private static void Write(BinaryWriter writer, NamedCentres named)
    {
        writer.Write(named.Centres.Count);
        foreach (var centre in named.Centres)
        {
            writer.Write(centre.ToString());
        }
        writer.Write(named.Vouchers.Count);
        foreach (var scheme in named.Vouchers)
        {
            writer.Write(scheme.ToString());
        }
    }

    private static void Write(BinaryWriter writer, ContractTerms terms)
    {
        writer.Write(terms.ToString());
        Write(writer, [.. terms.MeanAccelerators]);
        Write(writer, [.. terms.SizeDeviation]);
        Write(writer, [.. terms.TenorScale]);
    }

    private static void Write(BinaryWriter writer, double[] series)
    {
        writer.Write(series.Length);
        writer.Write(MemoryMarshal.AsBytes(series.AsSpan()));
    }
}
