using System.Globalization;

namespace Plimsoll.Reports.Workbooks;

/// <summary>A formula and its value, built together: the text that a spreadsheet recalculates, and what it comes to now.</summary>
/// <param name="Text">The formula without its equals sign.</param>
/// <param name="Value">Its value; NaN for an empty text.</param>
/// <param name="Rank">How tightly it binds: 9 a cell or call, 7 power, 6 product, 5 sum, 3 comparison.</param>
internal readonly record struct Expr(string Text, double Value, int Rank)
{
    /// <summary>An empty text, for figures that have no meaning.</summary>
    public static Expr Blank => new("\"\"", double.NaN, 9);

    /// <summary>True when its value counts as true.</summary>
    public bool IsTrue => Value != 0;

    /// <summary>A number.</summary>
    public static implicit operator Expr(double value) =>
        new(Number(value), value, value < 0 ? 5 : 9);

    /// <summary>A number.</summary>
    public static implicit operator Expr(int value) => (double)value;

    public static Expr operator +(Expr a, Expr b) =>
        new($"{a.In(5)}+{b.In(5)}", a.Value + b.Value, 5);

    public static Expr operator -(Expr a, Expr b) =>
        new($"{a.In(5)}-{b.In(6)}", a.Value - b.Value, 5);

    public static Expr operator -(Expr a) => new($"-{a.In(7)}", -a.Value, 5);

    public static Expr operator *(Expr a, Expr b) =>
        new($"{a.In(6)}*{b.In(6)}", a.Value * b.Value, 6);

    public static Expr operator /(Expr a, Expr b) =>
        new($"{a.In(6)}/{b.In(7)}", a.Value / b.Value, 6);

    public static Expr operator >(Expr a, Expr b) => Compare(a, ">", b, a.Value > b.Value);

    public static Expr operator <(Expr a, Expr b) => Compare(a, "<", b, a.Value < b.Value);

    public static Expr operator >=(Expr a, Expr b) => Compare(a, ">=", b, a.Value >= b.Value);

    public static Expr operator <=(Expr a, Expr b) => Compare(a, "<=", b, a.Value <= b.Value);

    /// <summary>Equality as a formula.</summary>
    public Expr Is(Expr b) => Compare(this, "=", b, Value == b.Value);

    /// <summary>A power.</summary>
    public Expr Power(Expr b) => new($"{In(8)}^{b.In(8)}", Math.Pow(Value, b.Value), 7);

    /// <summary>The text, in brackets when it binds less tightly than a rank.</summary>
    public string In(int rank) => Rank >= rank ? Text : $"({Text})";

    /// <summary>A number as a formula writes it.</summary>
    public static string Number(double value) =>
        value
            .ToString("R", CultureInfo.InvariantCulture)
            .Replace("E+", "E", StringComparison.Ordinal);

    private static Expr Compare(Expr a, string sign, Expr b, bool holds) =>
        new($"{a.In(4)}{sign}{b.In(4)}", holds ? 1 : 0, 3);
}

/// <summary>Functions of a spreadsheet, each with its value.</summary>
internal static class Fn
{
    /// <summary>One of two.</summary>
    public static Expr If(Expr condition, Expr then, Expr otherwise) =>
        new(
            $"IF({condition.Text},{then.Text},{otherwise.Text})",
            condition.IsTrue ? then.Value : otherwise.Value,
            9
        );

    /// <summary>1 when a condition holds, else 0.</summary>
    public static Expr Flag(Expr condition) => If(condition, 1, 0);

    /// <summary>The least.</summary>
    public static Expr Min(params ReadOnlySpan<Expr> all) =>
        Call("MIN", all, Fold(all, double.PositiveInfinity, Math.Min));

    /// <summary>The greatest.</summary>
    public static Expr Max(params ReadOnlySpan<Expr> all) =>
        Call("MAX", all, Fold(all, double.NegativeInfinity, Math.Max));

    /// <summary>All conditions.</summary>
    public static Expr And(params ReadOnlySpan<Expr> all) =>
        Call("AND", all, Fold(all, 1, (a, b) => a != 0 && b != 0 ? 1 : 0));

    /// <summary>Any condition.</summary>
    public static Expr Or(params ReadOnlySpan<Expr> all) =>
        Call("OR", all, Fold(all, 0, (a, b) => a != 0 || b != 0 ? 1 : 0));

    /// <summary>The opposite.</summary>
    public static Expr Not(Expr a) => new($"NOT({a.Text})", a.IsTrue ? 0 : 1, 9);

    /// <summary>To whole numbers, down.</summary>
    public static Expr Int(Expr a) => new($"INT({a.Text})", Math.Floor(a.Value), 9);

    /// <summary>To the nearest whole number.</summary>
    public static Expr Round(Expr a) =>
        new($"ROUND({a.Text},0)", Math.Round(a.Value, MidpointRounding.AwayFromZero), 9);

    /// <summary>To whole numbers, up.</summary>
    public static Expr RoundUp(Expr a) => new($"ROUNDUP({a.Text},0)", Math.Ceiling(a.Value), 9);

    /// <summary>Size without sign.</summary>
    public static Expr Abs(Expr a) => new($"ABS({a.Text})", Math.Abs(a.Value), 9);

    /// <summary>What is left by division.</summary>
    public static Expr Mod(Expr a, Expr b) =>
        new($"MOD({a.Text},{b.Text})", a.Value - (b.Value * Math.Floor(a.Value / b.Value)), 9);

    /// <summary>Sum of several terms; nothing for none.</summary>
    public static Expr Total(IEnumerable<Expr> terms)
    {
        Expr? sum = null;
        foreach (var term in terms)
        {
            sum = sum is { } s ? s + term : term;
        }
        return sum ?? 0;
    }

    private static Expr Call(string name, ReadOnlySpan<Expr> all, double value)
    {
        var texts = new string[all.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = all[i].Text;
        }
        return new Expr($"{name}({string.Join(",", texts)})", value, 9);
    }

    private static double Fold(
        ReadOnlySpan<Expr> all,
        double start,
        Func<double, double, double> step
    )
    {
        var value = start;
        foreach (var one in all)
        {
            value = step(value, one.Value);
        }
        return value;
    }
}
