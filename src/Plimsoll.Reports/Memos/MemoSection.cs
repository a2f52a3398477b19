using Plimsoll.Decisions;
using Plimsoll.Reports.Html;
using Plimsoll.Studies.Memos;

namespace Plimsoll.Reports.Memos;

/// <summary>The memo within the report: folded on the screen, its first two pages when printed.</summary>
internal static class MemoSection
{
    /// <summary>Writes the memo; nothing when there is none.</summary>
    public static void Write(Markup page, Memo? memo, PhraseBook book)
    {
        if (memo is null)
        {
            return;
        }
        page.Raw(
            $"<details class=\"memo\" id=\"memo\"><summary><span>{book.Say("memo.name")}</span></summary><div>"
        );
        page.Text("p", memo.Title, "memo-title");
        page.Text("p", memo.Subtitle, "kicker");
        for (var b = 0; b < memo.Blocks.Count; b++)
        {
            Block(page, memo.Blocks[b], $"memo.blocks[{b}]");
        }
        page.Raw("</div></details>");
    }

    private static void Block(Markup page, MemoBlock block, string place)
    {
        page.Raw("<div class=\"memo-block\">");
        page.Text("p", block.Heading, "memo-heading");
        foreach (var sentence in block.Sentences)
        {
            page.Text("p", sentence);
        }
        if (block.Rows.Count > 0 && block.Columns.Count == 0)
        {
            Lines(page, block, place);
        }
        else if (block.Rows.Count > 0)
        {
            page.Table(
                block.Heading,
                block.Columns,
                block.Rows.Select(
                    (row, r) =>
                        (
                            "",
                            (IReadOnlyList<Cell>)
                                [
                                    .. row.Select(
                                        (cell, c) => Shown(cell, $"{place}.rows[{r}].cells[{c}]")
                                    ),
                                ]
                        )
                )
            );
        }
        if (block.Note.Length > 0)
        {
            page.Text("p", block.Note, "soft");
        }
        page.Raw("</div>");
    }

    private static void Lines(Markup page, MemoBlock block, string place)
    {
        page.Raw("<dl class=\"lines\">");
        for (var r = 0; r < block.Rows.Count; r++)
        {
            var figure = Shown(block.Rows[r][1], $"{place}.rows[{r}].cells[1]");
            page.Raw(
                $"<div><dt>{Markup.Encode(block.Rows[r][0].Text)}</dt><dd>{figure.Html}</dd></div>"
            );
        }
        page.Raw("</dl>");
    }

    private static Cell Shown(MemoCell cell, string place) =>
        cell.Figure ? new Shown(cell.Text, cell.Value, place + ".value") : cell.Text;
}
