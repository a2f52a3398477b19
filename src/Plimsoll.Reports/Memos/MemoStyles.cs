using DocumentFormat.OpenXml.Wordprocessing;

namespace Plimsoll.Reports.Memos;

/// <summary>Styles of the memo: small print that fits two pages, headings with a rule above.</summary>
internal static class MemoStyles
{
    /// <summary>The styles.</summary>
    public static Styles Build() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        new RunFonts
                        {
                            Ascii = "Arial",
                            HighAnsi = "Arial",
                            EastAsia = "Noto Sans CJK SC",
                            ComplexScript = "Arial",
                        },
                        new FontSize { Val = "15" }
                    )
                )
            ),
            Of("Normal", "Normal", 15, false, 20, 30, null),
            Of("Title", "Title", 28, true, 0, 20, null),
            Of("Heading1", "heading 1", 18, true, 90, 30, "1F4E79"),
            Of("Small", "Small", 12, false, 10, 10, "555555"),
            Of("Cell", "Cell", 14, false, 6, 6, null),
            Of("CellHead", "Cell head", 13, true, 6, 6, "333333")
        );

    /// <summary>A style of paragraphs.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name, as word processors show it.</param>
    /// <param name="size">Half points.</param>
    /// <param name="bold">Bold or not.</param>
    /// <param name="before">Space above, twentieths of a point.</param>
    /// <param name="after">Space below, twentieths of a point.</param>
    /// <param name="color">Colour as RRGGBB; null for black.</param>
    private static Style Of(
        string id,
        string name,
        int size,
        bool bold,
        int before,
        int after,
        string? color
    )
    {
        var run = new StyleRunProperties();
        if (bold)
        {
            run.AppendChild(new Bold());
        }
        if (color is not null)
        {
            run.AppendChild(new Color { Val = color });
        }
        run.AppendChild(
            new FontSize { Val = size.ToString(System.Globalization.CultureInfo.InvariantCulture) }
        );
        var paragraph = new StyleParagraphProperties();
        if (id == "Heading1")
        {
            paragraph.AppendChild(new KeepNext());
        }
        paragraph.AppendChild(
            new SpacingBetweenLines
            {
                Before = before.ToString(System.Globalization.CultureInfo.InvariantCulture),
                After = after.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
        );
        return new Style(new StyleName { Val = name }, paragraph, run)
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            Default = id == "Normal" ? true : null,
        };
    }
}
