using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Plimsoll.Mutation;

/// <summary>Rewrites one file so that every mutant stands in it behind its switch: <c>Is(n) ? mutant : as it stands</c>.</summary>
/// <remarks>Within a mutant its parts stand as they are, so a file grows with its depth, not with its number of combinations.</remarks>
/// <param name="model">Meaning of the file as it stands.</param>
/// <param name="file">Path told of its mutants.</param>
/// <param name="mutants">Receives the mutants.</param>
internal sealed class MutatingRewriter(SemanticModel model, string file, MutantList mutants)
    : CSharpSyntaxRewriter
{
    private readonly Alternatives _alternatives = new(model);

    /// <inheritdoc/>
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is null || MustStay(node))
        {
            return node;
        }
        var visited = base.Visit(node);
        return node switch
        {
            ExpressionSyntax expression => Expression(expression, (ExpressionSyntax)visited!),
            ExpressionStatementSyntax statement => Statement(
                statement,
                (ExpressionStatementSyntax)visited!
            ),
            ReturnStatementSyntax { Expression: { } value } statement => Return(
                statement,
                value,
                (ReturnStatementSyntax)visited!
            ),
            YieldStatementSyntax { Expression: not null } or ContinueStatementSyntax => LeftOut(
                (StatementSyntax)node,
                (StatementSyntax)visited!
            ),
            ThrowStatementSyntax
            {
                Parent: BlockSyntax { Parent: IfStatementSyntax { Else: null } guard }
            } => Places.Declares(guard.Condition)
                ? visited
                : LeftOut((StatementSyntax)node, (StatementSyntax)visited!),
            ArrowExpressionClauseSyntax arrow => Arrow(
                arrow,
                (ArrowExpressionClauseSyntax)visited!
            ),
            _ => visited,
        };
    }

    /// <summary>Places where only a constant may stand, and those that say nothing of what is done.</summary>
    private static bool MustStay(SyntaxNode node) =>
        node switch
        {
            AttributeListSyntax or EnumMemberDeclarationSyntax or PatternSyntax => true,
            ParameterSyntax or SwitchLabelSyntax or GotoStatementSyntax => true,
            FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.ConstKeyword),
            LocalDeclarationStatementSyntax local => local.IsConst,
            RefExpressionSyntax or RefTypeSyntax or TypeArgumentListSyntax => true,
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } =>
                name.Identifier.ValueText == "nameof",
            _ => false,
        };

    private ExpressionSyntax Expression(ExpressionSyntax node, ExpressionSyntax visited)
    {
        if (!Places.MayBeWrapped(node))
        {
            return visited;
        }
        var result = visited;
        foreach (var (kind, other) in _alternatives.Of(node))
        {
            var id = Add(kind, node, other);
            result =
                id == 0
                    ? result
                    : ParenthesizedExpression(
                            ConditionalExpression(
                                Is(id),
                                ParenthesizedExpression(other.WithoutTrivia()),
                                ParenthesizedExpression(result.WithoutTrivia())
                            )
                        )
                        .WithTriviaFrom(node)
                        .WithAdditionalAnnotations(Mark(id));
        }
        return result;
    }

    private StatementSyntax Statement(
        ExpressionStatementSyntax node,
        ExpressionStatementSyntax visited
    )
    {
        if (Places.IsNullCheck(node))
        {
            mutants.NullChecks++;
            return visited;
        }
        if (Places.Declares(node) || Places.GivesOut(node))
        {
            return visited;
        }
        StatementSyntax result = visited;
        if (
            node.Expression is AssignmentExpressionSyntax assignment
            && Swaps.Assignment(assignment.Kind()) is var other
            && other != SyntaxKind.None
        )
        {
            var changed = AssignmentExpression(other, assignment.Left, assignment.Right);
            var id = Add(MutantKind.Assignment, node, changed);
            result = id == 0 ? result : Or(id, ExpressionStatement(changed), result);
        }
        return IsFirstValue(node) ? result : LeftOut(node, result);
    }

    /// <summary>An assignment without which a variable has no value, or whose value nobody reads.</summary>
    private bool IsFirstValue(ExpressionStatementSyntax node) =>
        node.Expression
            is AssignmentExpressionSyntax
            {
                RawKind: (int)SyntaxKind.SimpleAssignmentExpression
            } set
        && model.GetSymbolInfo(set.Left).Symbol switch
        {
            ILocalSymbol local => local
                .DeclaringSyntaxReferences.Select(r => r.GetSyntax())
                .OfType<VariableDeclaratorSyntax>()
                .Any(d => d.Initializer is null),
            IDiscardSymbol => true,
            _ => false,
        };

    private StatementSyntax LeftOut(StatementSyntax node, StatementSyntax result)
    {
        var id = Add(MutantKind.Statement, node, null);
        return id == 0 ? result : Or(id, Block(), result);
    }

    private StatementSyntax Return(
        ReturnStatementSyntax node,
        ExpressionSyntax value,
        ReturnStatementSyntax visited
    )
    {
        if (value is LiteralExpressionSyntax || model.GetConstantValue(value).HasValue)
        {
            return visited;
        }
        var id = Add(MutantKind.Return, node, ReturnStatement(Nothing()));
        return id == 0
            ? visited
            : Or(id, ReturnStatement(Nothing()).NormalizeWhitespace(), visited);
    }

    private ArrowExpressionClauseSyntax Arrow(
        ArrowExpressionClauseSyntax node,
        ArrowExpressionClauseSyntax visited
    )
    {
        var value = node.Expression;
        if (
            value is LiteralExpressionSyntax or ThrowExpressionSyntax or RefExpressionSyntax
            || model.GetConstantValue(value).HasValue
            || model.GetTypeInfo(value).Type?.SpecialType == SpecialType.System_Void
            || node.Parent
                is AccessorDeclarationSyntax { RawKind: not (int)SyntaxKind.GetAccessorDeclaration }
        )
        {
            return visited;
        }
        var id = Add(MutantKind.Return, value, Nothing());
        return id == 0
            ? visited
            : visited.WithExpression(
                ConditionalExpression(
                        Is(id),
                        Nothing(),
                        ParenthesizedExpression(visited.Expression)
                    )
                    .WithAdditionalAnnotations(Mark(id))
            );
    }

    private static PostfixUnaryExpressionSyntax Nothing() =>
        PostfixUnaryExpression(
            SyntaxKind.SuppressNullableWarningExpression,
            LiteralExpression(SyntaxKind.DefaultLiteralExpression)
        );

    private static BlockSyntax Or(int id, StatementSyntax mutant, StatementSyntax result) =>
        Block(
                IfStatement(
                    Is(id),
                    mutant is BlockSyntax ? mutant : Block(mutant),
                    ElseClause(Block(result))
                )
            )
            .WithAdditionalAnnotations(Mark(id));

    private int Add(MutantKind kind, SyntaxNode before, SyntaxNode? after) =>
        mutants.Add(
            file,
            before.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
            kind,
            before.ToString(),
            after?.NormalizeWhitespace().ToString() ?? ""
        );

    private static SyntaxAnnotation Mark(int id) =>
        new(MutantList.Annotation, id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ExpressionSyntax Is(int id) =>
        ParseExpression($"global::Plimsoll.MutantSwitch.Is({id})");
}
