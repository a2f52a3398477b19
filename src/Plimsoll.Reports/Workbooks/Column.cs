namespace Plimsoll.Reports.Workbooks;

/// <summary>A column of a table: a fixed range with its values.</summary>
/// <param name="sheet">Where it stands.</param>
/// <param name="column">Its column.</param>
/// <param name="first">Its first row.</param>
/// <param name="count">Its rows.</param>
internal sealed class Column(Sheet sheet, int column, int first, int count)
{
    /// <summary>Values.</summary>
    public double[] Values { get; } = new double[count];

    /// <summary>Rows.</summary>
    public int Count => count;

    /// <summary>The whole column as a range.</summary>
    public string All =>
        $"{sheet.Name}!${Sheet.Letters(column)}${first}:${Sheet.Letters(column)}${first + Math.Max(1, count) - 1}";

    /// <summary>One cell.</summary>
    public Expr this[int row] => sheet.Ref(first + row, column, Values[row]);

    /// <summary>Writes a constant.</summary>
    public void Enter(int row, double value, Look look = Look.Input)
    {
        Values[row] = value;
        sheet.Put(first + row, column, value, look);
    }

    /// <summary>Writes a formula.</summary>
    public void Set(int row, Expr formula, Look look = Look.Number)
    {
        Values[row] = formula.Value;
        sheet.Put(first + row, column, formula, look);
    }

    /// <summary>Sum over the rows of products of columns and conditions.</summary>
    /// <param name="text">The product as a formula over ranges.</param>
    /// <param name="value">The product of a row.</param>
    public Expr Products(string text, Func<int, double> value)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += value(i);
        }
        return new Expr($"SUMPRODUCT({text})", sum, 9);
    }
}
