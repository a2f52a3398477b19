namespace Plimsoll.Reports.Html.Sections;

/// <summary>A section of the page.</summary>
/// <param name="Id">What the contents point to.</param>
/// <param name="Short">Its name in the contents.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Body">Writes it.</param>
internal sealed record PageSection(string Id, string Short, string Heading, Action<Markup> Body);
