namespace Plimsoll.Quantities;

/// <summary>An ISO 4217 currency code, three capital letters.</summary>
public readonly record struct Currency
{
    /// <summary>Chinese yuan.</summary>
    public static readonly Currency Cny = new("CNY");

    /// <summary>United States dollar.</summary>
    public static readonly Currency Usd = new("USD");

    /// <summary>Euro.</summary>
    public static readonly Currency Eur = new("EUR");

    private readonly string? _code;

    /// <summary>Builds a currency from its ISO 4217 code.</summary>
    /// <exception cref="ArgumentException">Not three capital letters.</exception>
    public Currency(string code)
    {
        if (!IsCode(code))
        {
            throw new ArgumentException(
                $"'{code}' is not a currency code; write three capital letters, for example CNY.",
                nameof(code)
            );
        }
        _code = code;
    }

    /// <summary>True when a text is three capital letters.</summary>
    public static bool IsCode(string? code) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    /// <summary>The three-letter code.</summary>
    public string Code => _code ?? "XXX";

    /// <inheritdoc/>
    public override string ToString() => Code;
}
