using Microsoft.CodeAnalysis.CSharp;

namespace Plimsoll.Mutation;

/// <summary>What is put for what.</summary>
internal static class Swaps
{
    /// <summary>Mutants of an operator with two sides.</summary>
    public static (MutantKind Kind, SyntaxKind[] For) Operator(SyntaxKind kind) =>
        kind switch
        {
            SyntaxKind.AddExpression => (MutantKind.Arithmetic, [SyntaxKind.SubtractExpression]),
            SyntaxKind.SubtractExpression => (MutantKind.Arithmetic, [SyntaxKind.AddExpression]),
            SyntaxKind.MultiplyExpression => (MutantKind.Arithmetic, [SyntaxKind.DivideExpression]),
            SyntaxKind.DivideExpression => (MutantKind.Arithmetic, [SyntaxKind.MultiplyExpression]),
            SyntaxKind.ModuloExpression => (MutantKind.Arithmetic, [SyntaxKind.MultiplyExpression]),
            SyntaxKind.LessThanExpression => (
                MutantKind.Comparison,
                [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression]
            ),
            SyntaxKind.LessThanOrEqualExpression => (
                MutantKind.Comparison,
                [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression]
            ),
            SyntaxKind.GreaterThanExpression => (
                MutantKind.Comparison,
                [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression]
            ),
            SyntaxKind.GreaterThanOrEqualExpression => (
                MutantKind.Comparison,
                [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression]
            ),
            SyntaxKind.EqualsExpression => (
                MutantKind.Comparison,
                [SyntaxKind.NotEqualsExpression]
            ),
            SyntaxKind.NotEqualsExpression => (
                MutantKind.Comparison,
                [SyntaxKind.EqualsExpression]
            ),
            SyntaxKind.LogicalAndExpression => (MutantKind.Logic, [SyntaxKind.LogicalOrExpression]),
            SyntaxKind.LogicalOrExpression => (MutantKind.Logic, [SyntaxKind.LogicalAndExpression]),
            SyntaxKind.BitwiseAndExpression => (MutantKind.Logic, [SyntaxKind.BitwiseOrExpression]),
            SyntaxKind.BitwiseOrExpression => (MutantKind.Logic, [SyntaxKind.BitwiseAndExpression]),
            _ => (MutantKind.Arithmetic, []),
        };

    /// <summary>The mutant of an assignment that changes a value, or none.</summary>
    public static SyntaxKind Assignment(SyntaxKind kind) =>
        kind switch
        {
            SyntaxKind.AddAssignmentExpression => SyntaxKind.SubtractAssignmentExpression,
            SyntaxKind.SubtractAssignmentExpression => SyntaxKind.AddAssignmentExpression,
            SyntaxKind.MultiplyAssignmentExpression => SyntaxKind.DivideAssignmentExpression,
            SyntaxKind.DivideAssignmentExpression => SyntaxKind.MultiplyAssignmentExpression,
            SyntaxKind.OrAssignmentExpression => SyntaxKind.AndAssignmentExpression,
            SyntaxKind.AndAssignmentExpression => SyntaxKind.OrAssignmentExpression,
            _ => SyntaxKind.None,
        };

    /// <summary>The method called instead, of the platform's extremes and sequences, or none.</summary>
    public static (MutantKind Kind, string? For) Method(string name) =>
        name switch
        {
            "Min" => (MutantKind.Extreme, "Max"),
            "Max" => (MutantKind.Extreme, "Min"),
            "MinBy" => (MutantKind.Extreme, "MaxBy"),
            "MaxBy" => (MutantKind.Extreme, "MinBy"),
            "Floor" => (MutantKind.Extreme, "Ceiling"),
            "Ceiling" => (MutantKind.Extreme, "Floor"),
            "First" => (MutantKind.Sequence, "Last"),
            "Last" => (MutantKind.Sequence, "First"),
            "FirstOrDefault" => (MutantKind.Sequence, "LastOrDefault"),
            "LastOrDefault" => (MutantKind.Sequence, "FirstOrDefault"),
            "Any" => (MutantKind.Sequence, "All"),
            "All" => (MutantKind.Sequence, "Any"),
            "Take" => (MutantKind.Sequence, "Skip"),
            "Skip" => (MutantKind.Sequence, "Take"),
            "TakeWhile" => (MutantKind.Sequence, "SkipWhile"),
            "SkipWhile" => (MutantKind.Sequence, "TakeWhile"),
            "OrderBy" => (MutantKind.Sequence, "OrderByDescending"),
            "OrderByDescending" => (MutantKind.Sequence, "OrderBy"),
            "ThenBy" => (MutantKind.Sequence, "ThenByDescending"),
            "ThenByDescending" => (MutantKind.Sequence, "ThenBy"),
            "Sum" => (MutantKind.Sequence, "Max"),
            "Average" => (MutantKind.Sequence, "Min"),
            "Union" => (MutantKind.Sequence, "Intersect"),
            "Intersect" => (MutantKind.Sequence, "Union"),
            "Append" => (MutantKind.Sequence, "Prepend"),
            "Prepend" => (MutantKind.Sequence, "Append"),
            _ => (MutantKind.Sequence, null),
        };
}
