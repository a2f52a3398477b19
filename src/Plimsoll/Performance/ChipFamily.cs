using Plimsoll.Catalog;

namespace Plimsoll.Performance;

/// <summary>The family of a chip: chips of one design, whose kernels reach like parts of their peaks.</summary>
public static class ChipFamily
{
    private static readonly (string Beginning, string Family)[] _families =
    [
        ("A100", "ampere"),
        ("A800", "ampere"),
        ("A10", "ampere"),
        ("L4", "ada"),
        ("L20", "ada"),
        ("L40", "ada"),
        ("RTX 4090", "ada"),
        ("RTX 5090", "blackwell-consumer"),
        ("H100", "hopper"),
        ("H200", "hopper"),
        ("H800", "hopper"),
        ("H20", "hopper"),
        ("B200", "blackwell"),
        ("B300", "blackwell"),
        ("GB200", "blackwell"),
        ("GB300", "blackwell"),
        ("MI3", "cdna"),
        ("TPU", "tpu"),
        ("Ascend", "ascend"),
        ("Cambricon", "cambricon"),
        ("Hygon", "hygon"),
        ("Kunlun", "kunlun"),
        ("MTT", "mtt"),
        ("MetaX", "metax"),
    ];

    /// <summary>The family's word; the vendor's name for a chip of no family known here.</summary>
    public static string Of(Accelerator chip)
    {
        foreach (var (beginning, family) in _families)
        {
            if (chip.Name.StartsWith(beginning, StringComparison.Ordinal))
            {
                return family;
            }
        }
        return chip.Vendor.ToLowerInvariant();
    }
}
