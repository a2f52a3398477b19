using System.Reflection;
using CsCheck;
using Plimsoll.Quantities;
using Xunit;

namespace Plimsoll.Tests.Quantity;

public sealed class QuantityTest
{
    private static readonly Type[] _plain =
    [
        typeof(Power),
        typeof(Energy),
        typeof(Bytes),
        typeof(Bandwidth),
        typeof(Flops),
        typeof(FlopRate),
        typeof(Tokens),
        typeof(TokenRate),
        typeof(Duration),
        typeof(GpuHours),
    ];

    public static TheoryData<Type> Plain() => [.. _plain];

    /// <summary>Products and quotients between unlike quantities; anything else that compiled would be a mistake.</summary>
    [Fact]
    public void Only_operators_that_make_sense_exist()
    {
        string[] meaningful =
        [
            "Power * Duration = Energy",
            "Energy / Duration = Power",
            "Bandwidth * Duration = Bytes",
            "Bytes / Bandwidth = Duration",
            "FlopRate * Duration = Flops",
            "Flops / FlopRate = Duration",
            "TokenRate * Duration = Tokens",
            "Tokens / TokenRate = Duration",
            "MoneyPerGpuHour * GpuHours = Money",
            "GpuHours * MoneyPerGpuHour = Money",
            "MoneyPerKilowattHour * Energy = Money",
            "Energy * MoneyPerKilowattHour = Money",
            "MoneyPerMillionTokens * Tokens = Money",
            "Tokens * MoneyPerMillionTokens = Money",
            "Month - Month = Int32",
            "Month + Int32 = Month",
        ];
        var found = typeof(Money)
            .Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Plimsoll.Quantities")
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m =>
                m.IsSpecialName && m.GetParameters().Length == 2 && Sign(m.Name) is not null
            )
            .Select(m =>
                (
                    Left: m.GetParameters()[0].ParameterType,
                    Right: m.GetParameters()[1].ParameterType,
                    Sign: Sign(m.Name)!,
                    Result: m.ReturnType
                )
            )
            .Where(o => !Usual(o.Left, o.Right, o.Sign, o.Result))
            .Select(o => $"{o.Left.Name} {o.Sign} {o.Right.Name} = {o.Result.Name}");
        Assert.Equal(meaningful.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    /// <summary>Sum and difference of likes, multiple, part, and ratio without unit.</summary>
    private static bool Usual(Type a, Type b, string sign, Type result) =>
        (a == b && result == a && sign is "+" or "-" && a == b && a != typeof(Month))
        || (a == b && sign == "/" && result == typeof(double))
        || (b == typeof(double) && sign is "*" or "/" && result == a && b == typeof(double))
        || (a == typeof(double) && sign == "*" && result == b);

    private static string? Sign(string name) =>
        name switch
        {
            "op_Addition" => "+",
            "op_Subtraction" => "-",
            "op_Multiply" => "*",
            "op_Division" => "/",
            _ => null,
        };

    [Theory]
    [MemberData(nameof(Plain))]
    public void Not_a_number_and_infinity_are_refused(Type type)
    {
        foreach (
            var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity]
        )
        {
            var e = Assert.Throws<TargetInvocationException>(() =>
                Activator.CreateInstance(type, bad)
            );
            Assert.IsType<ArgumentOutOfRangeException>(e.InnerException);
        }
        Assert.NotNull(Activator.CreateInstance(type, -1.5));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Overflow_is_refused_not_carried_on(Type type)
    {
        var most = Activator.CreateInstance(type, double.MaxValue);
        foreach (var name in (string[])["op_Addition", "op_Multiply"])
        {
            var add = type.GetMethods()
                .Single(m =>
                    m.Name == name
                    && m.GetParameters()[0].ParameterType == type
                    && m.GetParameters()[1].ParameterType
                        == (name == "op_Addition" ? type : typeof(double))
                );
            var other = name == "op_Addition" ? most : 2.0;
            var e = Assert.Throws<TargetInvocationException>(() => add.Invoke(null, [most, other]));
            Assert.IsType<ArgumentOutOfRangeException>(e.InnerException);
        }
    }

    [Fact]
    public void Division_by_zero_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Power(1) / 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Energy(1) / new Duration(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1, Currency.Cny) / 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1, Currency.Cny) * double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new MoneyPerGpuHour(1, Currency.Usd) with
            {
                Amount = double.NaN,
            }
        );
    }

    [Fact]
    public void Units_convert_both_ways()
    {
        Assert.Equal(10.2, Power.FromKilowatts(10.2).Kilowatts, 12);
        Assert.Equal(10_200, Power.FromKilowatts(10.2).Watts, 9);
        Assert.Equal(3.6e6, Energy.FromKilowattHours(1).Joules, 6);
        Assert.Equal(0.001, Energy.FromKilowattHours(1).MegawattHours, 12);
        Assert.Equal(80e9, Bytes.FromGigabytes(80).Count);
        Assert.Equal(1, Bytes.FromGibibytes(1).Count / (1L << 30), 12);
        Assert.Equal(3.35e12, Bandwidth.FromGigabytesPerSecond(3350).BytesPerSecond, 0);
        Assert.Equal(989e12, FlopRate.FromTeraflopsPerSecond(989).FlopsPerSecond, 0);
        Assert.Equal(3600, Duration.FromHours(1).Seconds);
        Assert.Equal(2.5e6, Tokens.FromMillions(2.5).Count);
    }

    [Fact]
    public void Worked_examples()
    {
        // A server of 10.2 kW for a month of 730 hours at 0.64 yuan.
        var energy = Power.FromKilowatts(10.2) * Duration.FromHours(730);
        Assert.Equal(7446, energy.KilowattHours, 9);
        Assert.Equal(4765.44, (new MoneyPerKilowattHour(0.64, Currency.Cny) * energy).Amount, 6);
        // Eight accelerators let for a month at 12.8 yuan.
        var rent = new MoneyPerGpuHour(12.8, Currency.Cny) * new GpuHours(8 * 730);
        Assert.Equal(74_752, rent.Amount, 9);
        Assert.Equal(
            16_000,
            (new MoneyPerMillionTokens(16, Currency.Cny) * Tokens.FromMillions(1000)).Amount,
            9
        );
        // 16 GB of weights read at 3,350 GB/s.
        Assert.Equal(
            4.776,
            (Bytes.FromGigabytes(16) / Bandwidth.FromGigabytesPerSecond(3350)).Milliseconds,
            3
        );
        Assert.Equal(20, (new Tokens(1000) / new TokenRate(50)).Seconds);
    }

    [Fact]
    public void Money_of_unlike_currency_or_price_year_does_not_add()
    {
        var yuan = new Money(1, Currency.Cny);
        Assert.Throws<InvalidOperationException>(() => yuan + new Money(1, Currency.Usd));
        Assert.Throws<InvalidOperationException>(() => yuan - new Money(1, Currency.Cny, 2024));
        Assert.Throws<InvalidOperationException>(() => yuan / new Money(1, Currency.Eur));
        Assert.Equal(new Money(3, Currency.Cny), yuan + (2 * yuan));
        Assert.Equal("1,234.5 CNY (2024 prices)", new Money(1234.5, Currency.Cny, 2024).ToString());
        Assert.Throws<ArgumentException>(() => new Currency("yuan"));
    }

    [Fact]
    public void Sums_and_multiples_obey_the_laws_of_numbers() =>
        Gen.Select(Gen.Double[-1e9, 1e9], Gen.Double[-1e9, 1e9], Gen.Double[0.001, 1000])
            .Sample(
                (a, b, k) =>
                {
                    var x = new Energy(a);
                    var y = new Energy(b);
                    Assert.Equal(a + b, (x + y).Joules);
                    Assert.Equal(x + y, y + x);
                    Assert.Equal(x * k, k * x);
                    Assert.Equal(a / k, (x / k).Joules);
                    Assert.Equal(a < b, x < y);
                    Assert.Equal(a.CompareTo(b), x.CompareTo(y));
                },
                iter: 200
            );
}
