using Plimsoll.Market.MarketFiles;
using Plimsoll.Quantities;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>What a voucher file will take: its market once for every scheme.</summary>
public static class VoucherWork
{
    // Beside the grid: the market without a scheme, and the same money in its other forms.
    private const int Further = 5;

    /// <summary>The estimate.</summary>
    /// <param name="file">The file.</param>
    public static WorkEstimate Of(VoucherFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var one = MarketWork.Of(file.Market);
        var tried = ((double)file.FaceValues.Count * file.Budgets.Count) + Further;
        return one with
        {
            CpuSeconds =
                MarketWork.FixedSeconds + ((one.CpuSeconds - MarketWork.FixedSeconds) * tried),
        };
    }
}
