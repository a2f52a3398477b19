#pragma warning disable IDE0130 // The namespaces pretend to be layers, so that the rule has something to find.
namespace Plimsoll.Planted.Market
{
    internal static class Upward
    {
        internal static Type Reference() => typeof(Plimsoll.Finance.CashFlow);
    }
}

namespace Plimsoll.Planted.Finance
{
    internal static class InLambda
    {
        internal static Func<string> Reference() => () => typeof(Plimsoll.Market.MarketPath).Name;
    }

    internal static class Downward
    {
        internal static Type Reference() => typeof(Plimsoll.Outlooks.MonthlyOutlook);
    }
}

namespace Plimsoll.Planted.Quantities
{
    internal static class InSignature
    {
        internal static void Take(IReadOnlyList<Plimsoll.Inputs.Finding> findings) => _ = findings;
    }
}
