using Plimsoll.Decisions;

namespace Plimsoll.Studies.Model;

/// <summary>One course of action as a case to run.</summary>
/// <param name="Name">Its name, as printed.</param>
/// <param name="Kind">The verdict that choosing it would be.</param>
/// <param name="Description">What it is, in one sentence.</param>
/// <param name="Case">The case.</param>
public sealed record StudyOption(string Name, VerdictKind Kind, string Description, StudyCase Case);
