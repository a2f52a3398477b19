using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>What a file itself states of an entry, as facts of the day on which it is read.</summary>
/// <param name="kind">Kind of the entry.</param>
/// <param name="name">Its name.</param>
/// <param name="day">The day.</param>
internal sealed class WrittenFacts(string kind, string name, DateOnly day)
{
    private readonly List<CatalogFact> _facts = [];

    /// <summary>The facts so far.</summary>
    public IReadOnlyList<CatalogFact> All => _facts;

    /// <summary>The entry that they make.</summary>
    public CatalogEntry Entry => new(kind, name, day, _facts);

    /// <summary>Adds words.</summary>
    /// <param name="attribute">What they are of.</param>
    /// <param name="text">As written.</param>
    public void Add(string attribute, string text) =>
        Add(attribute, Fact(text, text, text, "text", "this file", Grade.D), null);

    /// <summary>Adds a number with its range, source and grade.</summary>
    /// <param name="attribute">What it is of.</param>
    /// <param name="number">As stated.</param>
    public void Add(string attribute, InputNumber number)
    {
        var text = NumberReading.Written(number.Value);
        Add(
            attribute,
            Fact(text, text, text, number.Unit, number.Source, number.Grade),
            Fact(number.Value, number.Low, number.High, number.Unit, number.Source, number.Grade)
        );
    }

    private void Add(string attribute, Sourced<string> text, Sourced<double>? number) =>
        _facts.Add(new CatalogFact(kind, name, attribute, text, number, "this file", 1));

    private Sourced<T> Fact<T>(T value, T low, T high, string unit, string source, Grade grade) =>
        new(value, low, high, unit, day, day, source, grade, Evidence.Assumed);
}
