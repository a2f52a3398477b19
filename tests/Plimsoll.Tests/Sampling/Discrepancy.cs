namespace Plimsoll.Tests.Sampling;

/// <summary>How unevenly points fill the unit cube.</summary>
internal static class Discrepancy
{
    /// <summary>Square of the centred L2 discrepancy (Hickernell 1998, A generalized discrepancy and quadrature error bound).</summary>
    public static double CentredSquared(double[,] points)
    {
        int n = points.GetLength(0),
            s = points.GetLength(1);
        double single = 0,
            pairs = 0;
        for (var i = 0; i < n; i++)
        {
            var product = 1.0;
            for (var d = 0; d < s; d++)
            {
                var z = Math.Abs(points[i, d] - 0.5);
                product *= 1 + (0.5 * z) - (0.5 * z * z);
            }
            single += product;
            for (var j = 0; j < n; j++)
            {
                var both = 1.0;
                for (var d = 0; d < s; d++)
                {
                    var zi = Math.Abs(points[i, d] - 0.5);
                    var zj = Math.Abs(points[j, d] - 0.5);
                    both *=
                        1 + (0.5 * zi) + (0.5 * zj) - (0.5 * Math.Abs(points[i, d] - points[j, d]));
                }
                pairs += both;
            }
        }
        return Math.Pow(13.0 / 12, s) - (2.0 / n * single) + (pairs / n / n);
    }
}
