namespace Plimsoll.Serving.Simulation;

/// <summary>Runs of steps whose durations grow by a constant: n steps last n * first + growth * n (n - 1) / 2.</summary>
internal static class RunLength
{
    /// <summary>Most steps of one run, so that no duration leaves 64 bits.</summary>
    public const int Most = 1024;

    public static long Duration(long steps, long first, long growth) =>
        (steps * first) + (growth * (steps * (steps - 1) / 2));

    /// <summary>The most steps that fit a span.</summary>
    /// <param name="span">Picoseconds, 0 or more.</param>
    /// <param name="first">Duration of the first step, 1 or more.</param>
    /// <param name="growth">Growth, 0 or more.</param>
    /// <param name="most">Bound on the answer; the duration of so many steps fits 64 bits.</param>
    public static int Within(long span, long first, long growth, int most)
    {
        if (first > span || most == 0)
        {
            return 0;
        }
        if (Duration(most, first, growth) <= span)
        {
            return most;
        }
        double steps;
        if (growth == 0)
        {
            steps = (double)span / first;
        }
        else
        {
            var b = first - (growth * 0.5);
            steps = (Math.Sqrt((b * b) + (2.0 * growth * span)) - b) / growth;
        }
        var n = Math.Clamp((int)Math.Min(steps, most), 1, most);
        while (Duration(n, first, growth) > span)
        {
            n--;
        }
        while (n < most && Duration(n + 1, first, growth) <= span)
        {
            n++;
        }
        return n;
    }
}
