using System.Globalization;

namespace Plimsoll.Performance;

/// <summary>Order of an engine's versions as its maker numbers them.</summary>
public static class EngineVersion
{
    /// <summary>Compares two versions number by number: 0.9.2 is before 0.12.0, and 1.2.0rc2 before 1.2.0.</summary>
    /// <returns>Below 0, 0 or above 0; versions without numbers come before all others.</returns>
    public static int Compare(string a, string b)
    {
        var (left, right) = (Parts(a), Parts(b));
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var order = At(left, i).CompareTo(At(right, i));
            if (order != 0)
            {
                return order;
            }
        }
        return string.CompareOrdinal(a, b);
    }

    /// <summary>True for a version that was released under a number, rather than built from a branch.</summary>
    public static bool IsNumbered(string version) =>
        version.Length > 0 && char.IsAsciiDigit(version[0]);

    // A pre-release comes before the number it leads to, a later part ("post") after it.
    private static double At(List<double> parts, int i) => i < parts.Count ? parts[i] : 0;

    private static List<double> Parts(string version)
    {
        var parts = new List<double>();
        if (!IsNumbered(version))
        {
            parts.Add(-1);
            return parts;
        }
        for (var i = 0; i < version.Length; )
        {
            if (char.IsAsciiDigit(version[i]))
            {
                var end = i;
                while (end < version.Length && char.IsAsciiDigit(version[end]))
                {
                    end++;
                }
                parts.Add(double.Parse(version[i..end], CultureInfo.InvariantCulture));
                i = end;
                continue;
            }
            var stop = i;
            while (stop < version.Length && char.IsAsciiLetter(version[stop]))
            {
                stop++;
            }
            if (stop > i)
            {
                // Up to three numbers make a release; what follows in letters ranks before it or after.
                while (parts.Count < 3)
                {
                    parts.Add(0);
                }
                parts.Add(version[i..stop] == "post" ? 0.5 : -0.5);
                i = stop;
                continue;
            }
            i++;
        }
        return parts;
    }
}
