using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>Finds what contradicts itself in a study whose values are each sound.</summary>
public static class StudyCheck
{
    /// <summary>Everything that contradicts itself, in file order; empty when nothing does.</summary>
    /// <param name="values">A checked file of kind study.</param>
    /// <param name="file">Name of the file for the messages.</param>
    public static IReadOnlyList<LocatedFinding> Of(InputValues values, string file)
    {
        using var culture = InvariantCulture.Begin();
        var fleet = values.Items("fleet").Sum(f => f.Number("servers"));
        var found = new List<LocatedFinding>();
        var signed = 0.0;
        foreach (var lease in values.Items("signed"))
        {
            var before = signed;
            signed += lease.Number("servers");
            if (signed > fleet && before <= fleet)
            {
                var path = lease.Path.Key("servers");
                var (line, column) = values.Place(path);
                found.Add(
                    new LocatedFinding(
                        file,
                        line,
                        column,
                        new Finding(
                            path,
                            "more-than-the-fleet",
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{signed} servers signed up to this lease"
                            ),
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"at most the {fleet} servers of the fleet"
                            ),
                            "No server is let twice: correct the leases or the fleet."
                        )
                    )
                );
            }
        }
        return found;
    }
}
