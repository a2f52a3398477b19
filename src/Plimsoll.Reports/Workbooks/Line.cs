namespace Plimsoll.Reports.Workbooks;

/// <summary>A row over the months: name, unit, total, then one cell a month.</summary>
/// <param name="sheet">Where it stands.</param>
/// <param name="row">Its row.</param>
/// <param name="months">Months.</param>
/// <param name="look">How its cells look.</param>
internal sealed class Line(Sheet sheet, int row, int months, Look look)
{
    /// <summary>Values so far.</summary>
    public double[] Values { get; } = new double[months];

    /// <summary>Its sheet.</summary>
    public Sheet Sheet => sheet;

    /// <summary>Its row.</summary>
    public int Row => row;

    /// <summary>How its cells look.</summary>
    public Look Look => look;

    /// <summary>Cell of a month; up to twelve months before the first the cells are empty and count as 0.</summary>
    public Expr this[int month] =>
        sheet.Along(
            row,
            Sheet.FirstMonthColumn + month,
            month >= 0 && month < months ? Values[month] : 0
        );

    /// <summary>All months as a fixed range.</summary>
    public string All =>
        $"{sheet.Name}!${Sheet.Letters(Sheet.FirstMonthColumn)}${row}:${Sheet.Letters(Sheet.FirstMonthColumn + months - 1)}${row}";

    /// <summary>Writes a month's formula.</summary>
    public Expr Set(int month, Expr formula)
    {
        Values[month] = formula.Value;
        sheet.Put(row, Sheet.FirstMonthColumn + month, formula, look);
        return this[month];
    }

    /// <summary>Writes a month's constant.</summary>
    public void Enter(int month, double value)
    {
        Values[month] = value;
        sheet.Put(row, Sheet.FirstMonthColumn + month, value, look);
    }

    /// <summary>Writes every month.</summary>
    public Line Fill(Func<int, Expr> formula)
    {
        for (var m = 0; m < months; m++)
        {
            Set(m, formula(m));
        }
        return this;
    }

    /// <summary>Writes every month's constant.</summary>
    public Line Enter(IReadOnlyList<double> values)
    {
        for (var m = 0; m < months; m++)
        {
            Enter(m, values[m]);
        }
        return this;
    }

    /// <summary>Sum of all months, in the total column.</summary>
    public Line Sum()
    {
        sheet.Put(row, 3, SumAll(), look == Look.MoneySum ? Look.MoneySum : look);
        return this;
    }

    /// <summary>Sum of all months.</summary>
    public Expr SumAll() => new($"SUM({All})", Values.Sum(), 9);

    /// <summary>Largest of all months.</summary>
    public Expr MaxAll() => new($"MAX({All})", Values.Max(), 9);

    /// <summary>Largest of the months after one; 0 after the last.</summary>
    public Expr MostAfter(int month)
    {
        if (month >= months - 1)
        {
            return 0;
        }
        var end = $"${Sheet.Letters(Sheet.FirstMonthColumn + months - 1)}${row}";
        return new Expr(
            $"MAX({sheet.Along(row, Sheet.FirstMonthColumn + month + 1, 0).Text}:{end})",
            Values.Skip(month + 1).Max(),
            9
        );
    }

    /// <summary>Sum of a window of months that moves along.</summary>
    public Expr Window(int from, int to)
    {
        var value = 0.0;
        for (var k = Math.Max(0, from); k <= to; k++)
        {
            value += Values[k];
        }
        return new Expr(
            $"SUM({sheet.Along(row, Sheet.FirstMonthColumn + from, 0).Text}:{Sheet.Place(row, Sheet.FirstMonthColumn + to)})",
            value,
            9
        );
    }

    /// <summary>The value of a month whose place (from 1) is reckoned; 0 outside the months.</summary>
    public Expr At(Expr place)
    {
        var k = (int)Math.Round(place.Value) - 1;
        return Fn.If(
            Fn.And(place >= 1, place <= months),
            new Expr($"INDEX({All},{place.Text})", k >= 0 && k < months ? Values[k] : 0, 9),
            0
        );
    }
}
