using Plimsoll.Inputs;

namespace Plimsoll.Finance;

/// <summary>The rows of a finance case that a study takes under <c>finance</c>: made from the finance table, so that both doors take the same terms.</summary>
internal static class StudyDebtInputs
{
    private const string Section = "finance.";

    /// <summary>Keys of section <c>terms</c> that a study states elsewhere: in its rule of decision.</summary>
    private static readonly string[] _ofTheRule = ["covenant", "equity_hurdle"];

    /// <summary>What a study says in another place: its country's preset, its one currency, its own power contract; the market says when contracts end.</summary>
    private static readonly string[] _elsewhere =
    [
        "tax.preset",
        "tax.state_rate",
        "debt[].currency",
        "debt[].merchant_tail",
        "grants[].currency",
    ];

    /// <summary>The rows, those left out that the study's own rows already name.</summary>
    /// <param name="own">Paths of the section's own rows.</param>
    public static IEnumerable<InputRow> Rows(IReadOnlySet<string> own) =>
        FinanceCaseInputs
            .Table()
            .Rows.Where(r => !_elsewhere.Contains(r.Path, StringComparer.Ordinal))
            .Select(Moved)
            .OfType<InputRow>()
            .Where(r => !own.Contains(r.Path))
            .Select(Fitted);

    private static InputRow? Moved(InputRow row)
    {
        var (head, tail) = Split(row.Path);
        return head switch
        {
            "debt" or "waterfall" or "grants" or "subsidies" or "vouchers" or "refresh" => row with
            {
                Path = Section + row.Path,
            },
            "tax" => row with { Path = $"{Section}tax_terms{tail}" },
            "terms" when tail.Length > 0 && !_ofTheRule.Contains(tail[1..]) => row with
            {
                Path = Section + tail[1..],
            },
            _ => null,
        };
    }

    private static (string Head, string Tail) Split(string path)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        return end < 0 ? (path, "") : (path[..end], path[end..]);
    }

    /// <summary>Where a study's silence means something else.</summary>
    private static InputRow Fitted(InputRow row) =>
        row.Path switch
        {
            "finance.debt" => row with
            {
                Description =
                    "Tranches, most senior first, in place of the one loan of this section's other keys.",
            },
            "finance.debt[].first_payment" => row with
            {
                Description =
                    "Month of the first payment, from 0, the month after the decision; silent for that of the one loan: 'grace' months after the last fleet.",
                Default = null,
                Source = "",
            },
            "finance.debt[].funds" => row with
            {
                Description = "Names of the fleets it funds, parted by semicolons; silent for all.",
            },
            "finance.tax_terms" => row with
            {
                Description =
                    "Numbers in place of those of the tax preset, one by one; silent for the preset's.",
            },
            // A study's one loan has always been limited by its own gearing alone.
            "finance.gearing_cap" => row with { Default = "1" },
            _ => row,
        };
}
