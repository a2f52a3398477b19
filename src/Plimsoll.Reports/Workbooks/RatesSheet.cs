using Plimsoll.Finance;

namespace Plimsoll.Reports.Workbooks;

/// <summary>Rates of return by formula: the value of a flow over a ladder of rates, and bisection where it changes sign. Where it does so more than once, several rates fit, and the one nearest to the rate that the engine found is given.</summary>
internal sealed class RatesSheet
{
    private const int Steps = 50;
    private readonly Inputs _x;
    private readonly Sheet _sheet;
    private readonly double[] _ladder;
    private int _column = 2;

    /// <summary>Begins the sheet.</summary>
    public RatesSheet(Inputs x)
    {
        _x = x;
        _sheet = x.Book.Add(
            "Rates",
            "Rates of return, step by step",
            "Rates are logarithms of one plus the yearly rate. First a ladder of rates with the value of the flow at each, then bisection between the two rungs where its sign changes."
        );
        _ladder =
        [
            .. Enumerable.Range(0, 14).Select(i => -16.0 + i),
            .. Enumerable.Range(0, 41).Select(i => -2 + (0.1 * i)),
            .. Enumerable.Range(0, 13).Select(i => 3.0 + i),
        ];
        _sheet.Widths[1] = 20;
        _sheet.Put(4, 1, "log rate", Look.Columns);
        _sheet.Frozen = (5, 2);
        for (var i = 0; i < _ladder.Length; i++)
        {
            _sheet.Put(5 + i, 1, Math.Round(_ladder[i], 10), Look.Number);
            _ladder[i] = Math.Round(_ladder[i], 10);
        }
    }

    /// <summary>The yearly rate at which month-end flows are worth nothing; the one nearest to the engine's when there are several, empty when there is none.</summary>
    /// <returns>The rate, and how many there are on the ladder.</returns>
    public (Expr Rate, Expr Count) Of(string name, Line flow)
    {
        var (value, change, apart) = (_column, _column + 1, _column + 2);
        _column += 4;
        _sheet.Put(4, value, name, Look.Columns);
        _sheet.Put(4, change, "changes sign", Look.Columns);
        _sheet.Put(4, apart, "from the guess", Look.Columns);
        _sheet.Widths[value] = 24;
        _sheet.Widths[change] = 14;
        var first = 5;
        var last = first + _ladder.Length - 1;
        _sheet.Put(3, value, "from the engine's", Look.Note);
        var found = Returns.InternalRate(flow.Values);
        var guess = _sheet.Put(
            3,
            change,
            Math.Log(1 + (found.HasValue ? found.Value : 0.1)),
            Look.Number
        );
        double before = 0;
        var flags = new double[_ladder.Length];
        var distance = new double[_ladder.Length];
        for (var i = 0; i < _ladder.Length; i++)
        {
            var at = _sheet.Ref(first + i, 1, _ladder[i]);
            var v = _sheet.Put(first + i, value, Worth(flow, at), Look.Number);
            var changed = i == 0 ? 0 : Fn.Flag(_sheet.Along(first + i - 1, value, before) * v < 0);
            flags[i] = changed.Value;
            var far = Fn.If(
                changed.Is(1),
                Fn.Abs(
                    (at + _sheet.Ref(first + Math.Max(0, i - 1), 1, _ladder[Math.Max(0, i - 1)]))
                        / 2
                        - guess
                ),
                Expr.Blank
            );
            distance[i] = far.Value;
            _sheet.Put(first + i, change, changed, Look.Whole);
            _sheet.Put(first + i, apart, far, Look.Number);
            before = v.Value;
        }
        var range = $"{_sheet.Name}!{Fixed(change, first)}:{Fixed(change, last)}";
        var count = _sheet.Put(
            last + 1,
            change,
            new Expr($"SUM({range})", flags.Sum(), 9),
            Look.Whole
        );
        _sheet.Put(last + 1, 1, "rates found", Look.Columns);
        var least = distance.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        var place = Math.Max(1, Array.IndexOf(distance, least));
        var away = $"{_sheet.Name}!{Fixed(apart, first)}:{Fixed(apart, last)}";
        var ladder = $"{_sheet.Name}!{Fixed(1, first)}:{Fixed(1, last)}";
        Expr Rung(int back) =>
            new(
                $"INDEX({ladder},IFERROR(MATCH(MIN({away}),{away},0),2)-{back})",
                _ladder[place - back],
                9
            );
        var row = last + 3;
        _sheet.Put(row - 1, 1, "bisection", Look.Columns);
        _sheet.Put(row - 1, value, "low end", Look.Columns);
        _sheet.Put(row - 1, change, "high end", Look.Columns);
        var low = _sheet.Put(row, value, Rung(1), Look.Number);
        var high = _sheet.Put(row, change, Rung(0), Look.Number);
        for (var k = 1; k <= Steps; k++)
        {
            var middle = (low + high) / 2;
            var same = Worth(flow, middle) * Worth(flow, low) > 0;
            var (nextLow, nextHigh) = (Fn.If(same, middle, low), Fn.If(same, high, middle));
            low = _sheet.Put(row + k, value, nextLow, Look.Number);
            high = _sheet.Put(row + k, change, nextHigh, Look.Number);
        }
        var rate = new Expr(
            $"EXP(({low.Text}+{high.Text})/2)-1",
            Math.Exp((low.Value + high.Value) / 2) - 1,
            5
        );
        return (Fn.If(count > 0, rate, Expr.Blank), count);
    }

    private static string Fixed(int column, int row) => $"${Sheet.Letters(column)}${row}";

    /// <summary>Value of a flow at a log rate, taken to the end of the horizon where rates are negative so that numbers stay small.</summary>
    private Expr Worth(Line flow, Expr rate)
    {
        var number = _x.Book.Time.Number;
        var scale = rate.Value < 0 ? -rate.Value * _x.Count / 12 : 0;
        var value = 0.0;
        for (var m = 0; m < _x.Count; m++)
        {
            value += flow.Values[m] * Math.Exp((-rate.Value * (m + 1) / 12) - scale);
        }
        return new Expr(
            $"SUMPRODUCT({flow.All},EXP(-{rate.In(7)}*{number.All}/12-MAX(0,-{rate.In(7)})*{_x.Count}/12))",
            value,
            9
        );
    }
}
