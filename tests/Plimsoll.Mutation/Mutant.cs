namespace Plimsoll.Mutation;

/// <summary>What was changed.</summary>
internal enum MutantKind
{
    /// <summary>Plus for minus, times for divided by, and back.</summary>
    Arithmetic,

    /// <summary>Smaller for at most, equal for unequal, and the opposite.</summary>
    Comparison,

    /// <summary>And for or.</summary>
    Logic,

    /// <summary>True for false; a negation left out.</summary>
    Truth,

    /// <summary>A condition negated.</summary>
    Condition,

    /// <summary>0 for 1, 1 for 0, any other number doubled; a named constant doubled where it is used.</summary>
    Number,

    /// <summary>A statement left out.</summary>
    Statement,

    /// <summary>Nothing, 0 or false returned.</summary>
    Return,

    /// <summary>The least for the most, down for up.</summary>
    Extreme,

    /// <summary>First for last, any for all, taken for skipped, ascending for descending.</summary>
    Sequence,

    /// <summary>What stands in for nothing, always.</summary>
    Fallback,

    /// <summary>Added for taken away in an assignment.</summary>
    Assignment,

    /// <summary>A minus left out.</summary>
    Sign,

    /// <summary>The changes of a copy left out.</summary>
    Copy,
}

/// <summary>One change of one place of the source.</summary>
/// <param name="Id">1 and up, in the order of files and places.</param>
/// <param name="File">Path within the library, with forward slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Kind">What was changed.</param>
/// <param name="Before">Text as it stands.</param>
/// <param name="After">Text of the mutant.</param>
internal sealed record Mutant(
    int Id,
    string File,
    int Line,
    MutantKind Kind,
    string Before,
    string After
);
