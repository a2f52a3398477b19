namespace Plimsoll.Inputs;

/// <summary>What kind of value an input takes.</summary>
public enum InputType
{
    /// <summary>A finite number; may also be written as a mapping of value, low, high, source and grade.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Words.</summary>
    Text,

    /// <summary>One of a fixed set of words.</summary>
    Choice,

    /// <summary>A month, yyyy-MM.</summary>
    Month,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>The name of a catalogue entry of the row's <see cref="InputRow.CatalogKind"/>.</summary>
    CatalogName,

    /// <summary>A list of finite numbers.</summary>
    NumberList,

    /// <summary>A group of keys.</summary>
    Section,

    /// <summary>A list whose items are groups of keys.</summary>
    List,
}

/// <summary>One input of one layer: the single place from which schema, reference page and error texts are made.</summary>
/// <param name="Path">Keys joined by points; the items of a list are written <c>[]</c>: <c>fleet[].accelerator</c>.</param>
/// <param name="Type">What kind of value it takes.</param>
/// <param name="Description">What it means, in one sentence.</param>
public sealed record InputRow(string Path, InputType Type, string Description)
{
    /// <summary>Unit of a number, one of the known units.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Of an amount of money in the file's currency what it is paid for, behind that currency: <c>/server-month</c>, empty for a sum; null where the number is no such amount.</summary>
    public string? Money { get; init; }

    /// <summary>Value used when the key is absent, as it would be written; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Another default, where a key at the top of the file has a word: key, word, default; null where there is one default.</summary>
    public (string Key, string Word, string Default)? DefaultWhere { get; init; }

    /// <summary>Path from the top of the file of a number that silence here follows: where it is stated and above 0, that number is the default; null where the default stands alone.</summary>
    public string? DefaultFollows { get; init; }

    /// <summary>True when the key must stand in the file (if its section does).</summary>
    public bool Required { get; init; }

    /// <summary>Smallest value allowed; for a list, the smallest number of items.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value allowed; for a list, the largest number of items.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Most characters of words: a name fits a table and a sheet; whole sentences say so.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>Words allowed for a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Kind of catalogue entry named, for example <c>accelerators</c>.</summary>
    public string CatalogKind { get; init; } = "";

    /// <summary>Kind of catalogue entry to which the words add one of the file's own, whose name <see cref="InputType.CatalogName"/> rows of that kind then take; empty for none.</summary>
    public string Declares { get; init; } = "";

    /// <summary>True when a required number may be <c>unknown</c>: the catalogue then gives its prior.</summary>
    public bool HasPrior { get; init; }

    /// <summary>True when silence means that there is none: nothing is known that the word <c>unknown</c> could stand for. So it is, unless said, where 0 is the default and has no source.</summary>
    public bool SilenceIsNone
    {
        get => field || (Default is "0" && Source is "" or "none");
        init;
    }

    /// <summary>True when the word <c>unknown</c> may stand for the number: the default, the catalogue's, or the prior holds.</summary>
    public bool MayBeUnknown =>
        Type is InputType.Number or InputType.Integer
        && (HasPrior || (!Required && !SilenceIsNone));

    /// <summary>Where the default comes from; empty when there is no default.</summary>
    public string Source { get; init; } = "";

    /// <summary>Grade of the default.</summary>
    public Quantities.Grade Grade { get; init; } = Quantities.Grade.D;

    /// <summary>True when the number takes no range, because nothing would come of one.</summary>
    public bool OneValue { get; init; }

    /// <summary>True when a range on the number enters the answer; a range on one that is neither this nor <see cref="OneValue"/> is read and warned of.</summary>
    public bool Ranged { get; init; }

    /// <summary>Low end of the default's 80 % range; null when the default is exact.</summary>
    public double? DefaultLow { get; init; }

    /// <summary>High end of the default's 80 % range; null when the default is exact.</summary>
    public double? DefaultHigh { get; init; }

    /// <summary>The last key of the path.</summary>
    public string Key =>
        Path[(Path.LastIndexOf('.') + 1)..].Replace("[]", "", StringComparison.Ordinal);

    /// <summary>The path without its last key; empty at the top.</summary>
    public string Parent => Path.LastIndexOf('.') is var dot and >= 0 ? Path[..dot] : "";
}
