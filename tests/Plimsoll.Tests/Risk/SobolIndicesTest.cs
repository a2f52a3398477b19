using System.Text.Json;
using Plimsoll.Risk;
using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Risk;

/// <summary>Sobol indices against closed forms.</summary>
public sealed class SobolIndicesTest
{
    private static readonly JsonElement _reference = JsonDocument
        .Parse(TestData.Text("Risk/sensitivity_reference.json"))
        .RootElement;

    public static TheoryData<int> Cases => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ishigami_indices_are_within_three_thousandths_of_the_closed_form(int number)
    {
        var known = _reference.GetProperty("ishigami").GetProperty("cases")[number];
        double a = known.GetProperty("a").GetDouble(),
            b = known.GetProperty("b").GetDouble();
        var found = SobolDesign.Create(11, 8192, 3).Estimate(u => Ishigami(u, a, b), 2);
        Near(known, "S1", found.FirstOrder, 3e-3);
        Near(known, "ST", found.Total, 3e-3);
        Assert.Equal(known.GetProperty("variance").GetDouble(), found.Variance, 0.05);
        Assert.Equal(8192 * 5, found.Evaluations);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sobol_g_indices_are_near_the_closed_form(int number)
    {
        var known = _reference.GetProperty("sobol_g").GetProperty("cases")[number];
        var a = Numbers(known, "a");
        var found = SobolDesign
            .Create(3, 8192, a.Length)
            .Estimate(
                u =>
                {
                    var product = 1.0;
                    for (var i = 0; i < a.Length; i++)
                    {
                        product *= (Math.Abs((4 * u[i]) - 2) + a[i]) / (1 + a[i]);
                    }
                    return product;
                },
                2
            );
        Near(known, "S1", found.FirstOrder, 6e-3);
        Near(known, "ST", found.Total, 6e-3);
    }

    [Fact]
    public void Indices_of_a_sum_of_normals_are_their_shares_of_variance()
    {
        var known = _reference.GetProperty("linear_gaussian");
        var c = Numbers(known, "c");
        var normal = new Gaussian(0, 1);
        var found = SobolDesign
            .Create(5, 8192, 3)
            .Estimate(u => c.Select((k, i) => k * normal.Quantile(u[i])).Sum(), 2);
        Near(known, "S1", found.FirstOrder, 5e-3);
        Near(known, "ST", found.Total, 5e-3);
    }

    /// <summary>One coordinate that chooses among ready-made draws of several inputs carries the index of the whole group: so the market ensemble enters a study.</summary>
    [Fact]
    public void A_grouped_factor_carries_the_index_of_its_members_together()
    {
        const int Members = 1 << 14;
        var drawn = SobolSequence.Scrambled(21, Members, 2);
        var found = SobolDesign
            .Create(8, 8192, 2)
            .Estimate(
                u =>
                {
                    var i = Math.Min(Members - 1, (int)(u[0] * Members));
                    return Ishigami([drawn[i, 0], u[1], drawn[i, 1]], 7, 0.1);
                },
                2
            );
        Assert.Equal(0.55759, found.FirstOrder[0], 0.02);
        Assert.Equal(0.55759, found.Total[0], 0.02);
        Assert.Equal(0.44241, found.FirstOrder[1], 0.02);
    }

    [Fact]
    public void An_answer_that_nothing_moves_has_no_indices()
    {
        var found = SobolDesign.Create(1, 64, 2).Estimate(_ => 7, 1);
        Assert.Equal(0, found.Variance);
        Assert.All(found.FirstOrder.Concat(found.Total), i => Assert.Equal(0, i));
    }

    [Fact]
    public void The_estimate_is_the_same_on_one_and_two_threads()
    {
        var design = SobolDesign.Create(2, 512, 3);
        var one = design.Estimate(u => Ishigami(u, 7, 0.1), 1);
        var two = design.Estimate(u => Ishigami(u, 7, 0.1), 2);
        Assert.Equal(one.FirstOrder, two.FirstOrder);
        Assert.Equal(one.Total, two.Total);
    }

    private static double Ishigami(double[] u, double a, double b)
    {
        double X(int i) => Math.PI * ((2 * u[i]) - 1);
        var s = Math.Sin(X(1));
        return Math.Sin(X(0)) + (a * s * s) + (b * Math.Pow(X(2), 4) * Math.Sin(X(0)));
    }

    private static double[] Numbers(JsonElement known, string name) =>
        [.. known.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static void Near(JsonElement known, string name, double[] found, double tolerance)
    {
        var expected = Numbers(known, name);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(found[i], expected[i] - tolerance, expected[i] + tolerance);
        }
    }
}
