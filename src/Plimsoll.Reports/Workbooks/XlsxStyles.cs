using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Plimsoll.Reports.Workbooks;

/// <summary>The style sheet of the file: one cell format a look, in the order of the looks.</summary>
internal static class XlsxStyles
{
    private enum Face
    {
        Plain,
        Bold,
        Title,
        Grey,
        Blue,
        White,
    }

    /// <summary>Builds it.</summary>
    public static Stylesheet Build()
    {
        var formats = new List<string>();
        var cells = new CellFormats();
        foreach (var look in Enum.GetValues<Look>())
        {
            cells.AppendChild(Format(look, formats));
        }
        cells.Count = (uint)cells.ChildElements.Count;
        var numbers = new NumberingFormats(
            formats.Select(
                (f, i) => new NumberingFormat { NumberFormatId = (uint)(164 + i), FormatCode = f }
            )
        )
        {
            Count = (uint)formats.Count,
        };
        return new Stylesheet(
            numbers,
            Fonts(),
            Fills(),
            new Borders(
                new Border(),
                new Border(
                    new LeftBorder(),
                    new RightBorder(),
                    new TopBorder(new Color { Rgb = "FF1C2430" })
                    {
                        Style = BorderStyleValues.Thin,
                    },
                    new BottomBorder()
                )
            )
            {
                Count = 2,
            },
            new CellStyleFormats(new CellFormat()) { Count = 1 },
            cells,
            new CellStyles(
                new CellStyle
                {
                    Name = "Normal",
                    FormatId = 0,
                    BuiltinId = 0,
                }
            )
            {
                Count = 1,
            }
        );
    }

    private static CellFormat Format(Look look, List<string> formats)
    {
        var number = look switch
        {
            Look.Money or Look.MoneySum or Look.InputMoney => "#,##0;(#,##0);\"-\"",
            Look.Number => "#,##0.00",
            Look.Percent or Look.InputPercent => "0.0##%",
            Look.Times => "0.00\"×\"",
            Look.Date => "yyyy\\-mm",
            Look.Whole => "0",
            Look.Price => "#,##0.00##",
            Look.Check => "0.00;[Red]\\-0.00;0",
            _ => "",
        };
        var id = 0u;
        if (number.Length > 0)
        {
            var at = formats.IndexOf(number);
            if (at < 0)
            {
                at = formats.Count;
                formats.Add(number);
            }
            id = (uint)(164 + at);
        }
        var face = look switch
        {
            Look.Title => Face.Title,
            Look.Heading or Look.MoneySum or Look.Columns or Look.Check => Face.Bold,
            Look.Note => Face.Grey,
            Look.Input or Look.InputMoney or Look.InputPercent => Face.Blue,
            Look.LowGrade => Face.White,
            _ => Face.Plain,
        };
        var fill = look switch
        {
            Look.Input or Look.InputMoney or Look.InputPercent => 2u,
            Look.LowGrade => 3u,
            Look.Columns => 4u,
            _ => 0u,
        };
        var format = new CellFormat
        {
            NumberFormatId = id,
            FontId = (uint)face,
            FillId = fill,
            BorderId = look == Look.MoneySum ? 1u : 0u,
            FormatId = 0,
            ApplyNumberFormat = id > 0,
            ApplyFont = true,
            ApplyFill = fill > 0,
            ApplyBorder = look == Look.MoneySum,
        };
        if (look == Look.Wrapped)
        {
            format.Alignment = new Alignment
            {
                WrapText = true,
                Vertical = VerticalAlignmentValues.Top,
            };
            format.ApplyAlignment = true;
        }
        return format;
    }

    private static Fonts Fonts()
    {
        Font Of(string color, double size, bool bold) =>
            new([
                .. bold ? (OpenXmlElement[])[new Bold()] : [],
                new FontSize { Val = size },
                new Color { Rgb = color },
                new FontName { Val = "Calibri" },
                new FontFamilyNumbering { Val = 2 },
            ]);
        return new Fonts(
            Of("FF1C2430", 10, false),
            Of("FF1C2430", 10, true),
            Of("FF1C2430", 15, true),
            Of("FF5A6675", 9, false),
            Of("FF1F4FB0", 10, false),
            Of("FFFFFFFF", 10, true)
        )
        {
            Count = 6,
        };
    }

    private static Fills Fills()
    {
        static Fill Solid(string color) =>
            new(
                new PatternFill(
                    new ForegroundColor { Rgb = color },
                    new BackgroundColor { Indexed = 64 }
                )
                {
                    PatternType = PatternValues.Solid,
                }
            );
        return new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("FFFFF8DC"),
            Solid("FFB06A00"),
            Solid("FFE8ECF1")
        )
        {
            Count = 5,
        };
    }
}
