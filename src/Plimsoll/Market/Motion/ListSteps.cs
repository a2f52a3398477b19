namespace Plimsoll.Market.Motion;

/// <summary>Administered lists: a hyperscaler revises its prices about once a year and holds them in between.</summary>
internal static class ListSteps
{
    /// <summary>Holds a path between revisions; at one it goes to where the market stands.</summary>
    public static void Hold(ulong seed, int draw, string market, double[] path)
    {
        var stream = KeyedNormals.Stream(seed, draw, "list " + market);
        for (var month = 1; month < path.Length; month++)
        {
            if (stream.NextUniform() >= MotionPriors.ListStep)
            {
                path[month] = path[month - 1];
            }
        }
    }
}
