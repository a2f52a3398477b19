namespace Plimsoll.Web.Charts;

/// <summary>Names beside the dots of a map: right, left, above or below, wherever they lie over no other name and no other dot; a name without room is left out, its dot still says it.</summary>
internal static class MapLabels
{
    // Of a letter's height: what a line takes, and how wide a letter is at most, in Chinese and otherwise.
    private const double Line = 1.25;
    private const double Square = 1.02;
    private const double Latin = 0.64;

    /// <summary>The names with the place where each begins.</summary>
    /// <param name="dots">The dots, those to be named first foremost.</param>
    /// <param name="letter">Height of a letter.</param>
    /// <param name="scale">What a dot's size is multiplied by.</param>
    /// <param name="view">What the map shows: no name leaves it.</param>
    public static IEnumerable<(MapView.Dot Dot, double X, double Y)> Of(
        IReadOnlyList<MapView.Dot> dots,
        double letter,
        double scale,
        (double Left, double Top, double Width, double Height) view
    )
    {
        var taken = new List<Box>();
        // A light ring about a place may lie beneath a name.
        var spots = dots.Where(d => d.Tone != "project").Select(d => Spot(d, scale)).ToList();
        foreach (var dot in dots.Where(d => d.Name.Length > 0).DistinctBy(d => d.Name))
        {
            var own = Spot(dot, scale);
            if (
                own.Right < view.Left
                || own.Left > view.Left + view.Width
                || own.Bottom < view.Top
                || own.Top > view.Top + view.Height
            )
            {
                continue;
            }
            foreach (
                var box in Places(
                    own,
                    dot.Name.Sum(c => c > 0x2000 ? Square : Latin) * letter,
                    letter
                )
            )
            {
                if (
                    box.Left < view.Left
                    || box.Right > view.Left + view.Width
                    || box.Top < view.Top
                    || box.Bottom > view.Top + view.Height
                    || taken.Exists(box.Meets)
                    || spots.Exists(s => s != own && box.Meets(s))
                )
                {
                    continue;
                }
                taken.Add(box);
                yield return (dot, box.Left, box.Top + (letter * 0.95));
                break;
            }
        }
    }

    private static Box Spot(MapView.Dot dot, double scale)
    {
        var (x, y, r) = (dot.Longitude + 180, 90 - dot.Latitude, dot.Size * scale);
        return new Box(x - r, y - r, x + r, y + r);
    }

    private static IEnumerable<Box> Places(Box dot, double wide, double letter)
    {
        var (high, gap) = (letter * Line, letter * 0.3);
        var (x, y) = ((dot.Left + dot.Right) / 2, (dot.Top + dot.Bottom) / 2);
        Box At(double left, double top) => new(left, top, left + wide, top + high);
        yield return At(dot.Right + gap, y - (high / 2));
        yield return At(dot.Left - gap - wide, y - (high / 2));
        yield return At(x - (wide / 2), dot.Top - gap - high);
        yield return At(x - (wide / 2), dot.Bottom + gap);
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Meets(Box other) =>
            Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
