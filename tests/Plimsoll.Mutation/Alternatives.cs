using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Plimsoll.Mutation;

/// <summary>The mutants of an expression.</summary>
/// <param name="model">Meaning of the file as it stands.</param>
internal sealed class Alternatives(SemanticModel model)
{
    /// <summary>What may stand for an expression, with its kind.</summary>
    public IEnumerable<(MutantKind Kind, ExpressionSyntax Other)> Of(ExpressionSyntax node)
    {
        var others = node switch
        {
            BinaryExpressionSyntax binary => Binary(binary),
            LiteralExpressionSyntax literal => Literal(literal),
            PrefixUnaryExpressionSyntax prefix => Prefix(prefix),
            InvocationExpressionSyntax call => Call(call),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => Constant(node),
            WithExpressionSyntax { Initializer.Expressions.Count: > 0 } copy =>
            [
                (MutantKind.Copy, copy.Expression),
            ],
            _ => [],
        };
        return IsPlainCondition(node)
            ? others.Append(
                (
                    MutantKind.Condition,
                    PrefixUnaryExpression(
                        SyntaxKind.LogicalNotExpression,
                        ParenthesizedExpression(node.WithoutTrivia())
                    )
                )
            )
            : others;
    }

    private IEnumerable<(MutantKind, ExpressionSyntax)> Binary(BinaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.CoalesceExpression))
        {
            return node.Right is ThrowExpressionSyntax ? [] : [(MutantKind.Fallback, node.Right)];
        }
        if (model.GetTypeInfo(node).Type?.SpecialType == SpecialType.System_String)
        {
            return [];
        }
        var (kind, others) = Swaps.Operator(node.Kind());
        return others.Select(o =>
            (
                kind,
                (ExpressionSyntax)BinaryExpression(
                    o,
                    node.Left.WithoutTrivia(),
                    node.Right.WithoutTrivia()
                )
            )
        );
    }

    private IEnumerable<(MutantKind, ExpressionSyntax)> Literal(LiteralExpressionSyntax node) =>
        node.Kind() switch
        {
            SyntaxKind.TrueLiteralExpression =>
            [
                (MutantKind.Truth, LiteralExpression(SyntaxKind.FalseLiteralExpression)),
            ],
            SyntaxKind.FalseLiteralExpression =>
            [
                (MutantKind.Truth, LiteralExpression(SyntaxKind.TrueLiteralExpression)),
            ],
            SyntaxKind.NumericLiteralExpression => Number(node, node.Token.Value),
            _ => [],
        };

    /// <summary>Use of a constant that the source declares.</summary>
    private IEnumerable<(MutantKind, ExpressionSyntax)> Constant(ExpressionSyntax node)
    {
        var symbol = model.GetSymbolInfo(node).Symbol;
        var value = symbol switch
        {
            IFieldSymbol { IsConst: true, ContainingType.TypeKind: not TypeKind.Enum } field =>
                field.ConstantValue,
            ILocalSymbol { IsConst: true } local => local.ConstantValue,
            _ => null,
        };
        return value is not null && symbol!.Locations.Any(l => l.IsInSource)
            ? Number(node, value)
            : [];
    }

    /// <summary>0 for 1, 1 for 0, others doubled, in the type that the place wants.</summary>
    private IEnumerable<(MutantKind, ExpressionSyntax)> Number(ExpressionSyntax node, object? value)
    {
        if (value is not (int or long or double or float or decimal))
        {
            return [];
        }
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var type = model.GetTypeInfo(node).ConvertedType;
        var cast = type?.SpecialType
            is SpecialType.System_Double
                or SpecialType.System_Single
                or SpecialType.System_Decimal
                or SpecialType.System_Int64
            ? $"({type.ToDisplayString()})"
            : "";
        var other =
            number == 0 ? "1"
            : number == 1 ? "0"
            : $"(2 * {node})";
        return [(MutantKind.Number, ParseExpression(cast + other))];
    }

    private static IEnumerable<(MutantKind, ExpressionSyntax)> Prefix(
        PrefixUnaryExpressionSyntax node
    ) =>
        node.Kind() switch
        {
            SyntaxKind.LogicalNotExpression => [(MutantKind.Truth, node.Operand)],
            SyntaxKind.UnaryMinusExpression => [(MutantKind.Sign, node.Operand)],
            _ => [],
        };

    /// <summary>Extremes and sequences of the platform.</summary>
    private IEnumerable<(MutantKind, ExpressionSyntax)> Call(InvocationExpressionSyntax node)
    {
        if (node.Expression is not MemberAccessExpressionSyntax { Name: { } name } access)
        {
            return [];
        }
        var (kind, other) = Swaps.Method(name.Identifier.ValueText);
        var space = model.GetSymbolInfo(node).Symbol?.ContainingNamespace?.ToDisplayString();
        if (other is null || space is null || !space.StartsWith("System", StringComparison.Ordinal))
        {
            return [];
        }
        var renamed = name.WithIdentifier(Identifier(other));
        return [(kind, node.WithExpression(access.WithName(renamed)))];
    }

    /// <summary>A condition that no other mutant turns round.</summary>
    private static bool IsPlainCondition(ExpressionSyntax node) =>
        node
            is InvocationExpressionSyntax
                or IdentifierNameSyntax
                or MemberAccessExpressionSyntax
                or IsPatternExpressionSyntax
        && node.Parent switch
        {
            IfStatementSyntax branch => branch.Condition == node,
            WhileStatementSyntax loop => loop.Condition == node,
            ConditionalExpressionSyntax choice => choice.Condition == node,
            BinaryExpressionSyntax both => both.IsKind(SyntaxKind.LogicalAndExpression)
                || both.IsKind(SyntaxKind.LogicalOrExpression),
            _ => false,
        };
}
