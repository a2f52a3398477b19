using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plimsoll.Mutation;

/// <summary>Where a choice of two expressions may stand.</summary>
internal static class Places
{
    /// <summary>Whether an expression may be replaced by a choice of two that both hold its text.</summary>
    public static bool MayBeWrapped(ExpressionSyntax node) =>
        !Declares(node)
        && !IsWithinAccess(node)
        && node.Parent switch
        {
            AssignmentExpressionSyntax set => set.Left != node,
            MemberAccessExpressionSyntax access => access.Name != node,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
            PostfixUnaryExpressionSyntax one => one.IsKind(
                SyntaxKind.SuppressNullableWarningExpression
            ),
            PrefixUnaryExpressionSyntax one => !one.IsKind(SyntaxKind.PreIncrementExpression)
                && !one.IsKind(SyntaxKind.PreDecrementExpression),
            ForStatementSyntax loop => loop.Condition == node,
            ExpressionStatementSyntax or NameColonSyntax or ExpressionColonSyntax => false,
            QualifiedNameSyntax or RefExpressionSyntax or StackAllocArrayCreationExpressionSyntax =>
                false,
            _ => true,
        };

    /// <summary>Whether variables are declared within, outside of functions: twice the text would declare them twice.</summary>
    public static bool Declares(SyntaxNode node) =>
        node.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax)
            .Any(n => n is SingleVariableDesignationSyntax or DeclarationExpressionSyntax);

    /// <summary>Whether a variable receives its value within.</summary>
    public static bool GivesOut(SyntaxNode node) =>
        node.DescendantNodes()
            .OfType<ArgumentSyntax>()
            .Any(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword));

    /// <summary>A check of an argument for null.</summary>
    public static bool IsNullCheck(ExpressionStatementSyntax node) =>
        node.Expression
            is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "ThrowIfNull"
                }
            };

    /// <summary>Part of <c>a?.b.c</c> after the question mark.</summary>
    private static bool IsWithinAccess(ExpressionSyntax node) =>
        node.DescendantNodesAndSelf()
            .Where(n => n is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
            .Any(b =>
                b.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First() is var access
                && !node.Contains(access)
            );
}
