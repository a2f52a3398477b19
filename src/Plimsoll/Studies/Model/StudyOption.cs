using Plimsoll.Decisions;
using Plimsoll.Quantities;

namespace Plimsoll.Studies.Model;

/// <summary>One course of action as a case to run.</summary>
/// <param name="Name">Its name, as printed.</param>
/// <param name="Kind">The verdict that choosing it would be.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Case">The case.</param>
public sealed record StudyOption(string Name, VerdictKind Kind, string Description, StudyCase Case)
{
    /// <summary>A course whose name can be said in any language; its name is the English one.</summary>
    /// <param name="title">Its name.</param>
    /// <param name="kind">The verdict that choosing it would be.</param>
    /// <param name="said">What it is, in one sentence.</param>
    /// <param name="plan">The case.</param>
    public StudyOption(Phrase title, VerdictKind kind, Phrase said, StudyCase plan)
        : this(PhraseBook.English.Say(title), kind, PhraseBook.English.Say(said), plan) =>
        (Title, Said) = (title, said);

    /// <summary>What it begins with.</summary>
    public FirstStep Begins { get; init; }

    /// <summary>How it can be undone once begun.</summary>
    public Undoing Undone { get; init; } = UndoingOf.Course(Kind);

    /// <summary>The same course taken in a centre that has another lease; null for none but letting what it has. It answers null where the course is closed there.</summary>
    internal Func<StudyCase, StudyOption?>? Again { get; init; }

    /// <summary>Its name in the words of any language.</summary>
    public Phrase Title { get; init; } = Phrase.Of("name", Name);

    /// <summary><see cref="Description"/> in the words of any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Description);
}
