using System.Numerics;
using Plimsoll.Sampling;
using Xunit;

namespace Plimsoll.Tests.Sampling;

/// <summary>A battery of simple tests; bounds are about five standard deviations, so that a sound generator passes and a broken one does not.</summary>
public sealed class RandomStreamTest
{
    private const int N = 100_000;

    private static RandomStream Stream(
        ulong seed = 1,
        int draw = 0,
        string entity = "centre",
        Purpose purpose = Purpose.Inputs
    ) => RandomStream.Keyed(seed, draw, EntityId.Of(entity), purpose);

    /// <summary>Where streams of different keys are joined one number each, as studies use them.</summary>
    public static TheoryData<string> Joins() => ["one stream", "draws", "entities", "seeds"];

    private static double[] Numbers(string join)
    {
        var numbers = new double[N];
        var one = Stream();
        for (var i = 0; i < N; i++)
        {
            switch (join)
            {
                case "one stream":
                    numbers[i] = one.NextUniform();
                    break;
                case "draws":
                    var byDraw = Stream(draw: i);
                    numbers[i] = byDraw.NextUniform();
                    break;
                case "entities":
                    var byEntity = RandomStream.Keyed(
                        1,
                        0,
                        new EntityId((ulong)i),
                        Purpose.Choices
                    );
                    numbers[i] = byEntity.NextUniform();
                    break;
                default:
                    var bySeed = Stream(seed: (ulong)i);
                    numbers[i] = bySeed.NextUniform();
                    break;
            }
        }
        return numbers;
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void Uniform(string join)
    {
        var counts = new int[256];
        foreach (var x in Numbers(join))
        {
            counts[(int)(x * 256)]++;
        }
        var chi = counts.Sum(c => Math.Pow(c - (N / 256.0), 2) / (N / 256.0));
        Assert.InRange(chi, 255 - (5 * Math.Sqrt(510)), 255 + (5 * Math.Sqrt(510)));
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void No_serial_correlation(string join)
    {
        var x = Numbers(join);
        foreach (var lag in (int[])[1, 2, 3, 7, 64, 1024])
        {
            var r =
                12 * Enumerable.Range(0, N - lag).Average(i => (x[i] - 0.5) * (x[i + lag] - 0.5));
            Assert.InRange(r, -5 / Math.Sqrt(N), 5 / Math.Sqrt(N));
        }
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void Runs_above_and_below_the_middle_are_as_many_as_chance_makes(string join)
    {
        var x = Numbers(join);
        var runs = 1 + Enumerable.Range(1, N - 1).Count(i => x[i] < 0.5 != x[i - 1] < 0.5);
        var deviation = Math.Sqrt(N) / 2;
        Assert.InRange(runs, (N / 2.0) - (5 * deviation), (N / 2.0) + (5 * deviation));
    }

    [Theory]
    [MemberData(nameof(Joins))]
    public void Pairs_fill_the_square_evenly(string join)
    {
        var x = Numbers(join);
        var counts = new int[256];
        for (var i = 0; i + 1 < N; i += 2)
        {
            counts[((int)(x[i] * 16) * 16) + (int)(x[i + 1] * 16)]++;
        }
        var expected = N / 2 / 256.0;
        var chi = counts.Sum(c => Math.Pow(c - expected, 2) / expected);
        Assert.InRange(chi, 255 - (5 * Math.Sqrt(510)), 255 + (5 * Math.Sqrt(510)));
    }

    [Fact]
    public void Every_bit_is_set_half_the_time()
    {
        var counts = new int[64];
        var stream = Stream();
        for (var i = 0; i < N; i++)
        {
            var bits = stream.NextBits();
            for (var b = 0; b < 64; b++)
            {
                counts[b] += (int)(bits >> b) & 1;
            }
        }
        Assert.All(
            counts,
            c =>
                Assert.InRange(
                    c,
                    (N / 2) - (5 * Math.Sqrt(N) / 2),
                    (N / 2) + (5 * Math.Sqrt(N) / 2)
                )
        );
    }

    [Fact]
    public void One_changed_bit_of_a_key_changes_half_the_bits_of_the_numbers()
    {
        var changed = 0;
        const int Trials = 2000;
        for (var i = 0; i < Trials; i++)
        {
            var a = RandomStream.Keyed((ulong)i, 3, new EntityId(9), Purpose.Sizes);
            var b = RandomStream.Keyed(
                (ulong)i ^ (1UL << (i % 64)),
                3,
                new EntityId(9),
                Purpose.Sizes
            );
            changed += BitOperations.PopCount(a.NextBits() ^ b.NextBits());
        }
        Assert.InRange(changed / (64.0 * Trials), 0.49, 0.51);
    }

    [Fact]
    public void Streams_of_different_keys_do_not_overlap()
    {
        // 20,000 keys x 50 numbers of 64 bits: the chance that honest streams share one is 3e-8.
        var seen = new HashSet<ulong>();
        for (var seed = 0UL; seed < 4; seed++)
        {
            for (var draw = 0; draw < 50; draw++)
            {
                for (var entity = 0UL; entity < 10; entity++)
                {
                    foreach (var purpose in Enum.GetValues<Purpose>().Take(10))
                    {
                        var stream = RandomStream.Keyed(seed, draw, new EntityId(entity), purpose);
                        for (var i = 0; i < 50; i++)
                        {
                            Assert.True(seen.Add(stream.NextBits()));
                        }
                    }
                }
            }
        }
        Assert.Equal(1_000_000, seen.Count);
    }

    [Fact]
    public void The_parts_of_a_key_are_not_interchangeable()
    {
        var a = RandomStream.Keyed(1, 2, new EntityId(3), Purpose.Sizes);
        RandomStream[] others =
        [
            RandomStream.Keyed(2, 1, new EntityId(3), Purpose.Sizes),
            RandomStream.Keyed(1, 3, new EntityId(2), Purpose.Sizes),
            RandomStream.Keyed(3, 2, new EntityId(1), Purpose.Sizes),
            RandomStream.Keyed(1, 2, new EntityId(3), Purpose.Choices),
            RandomStream.Keyed(1, -2, new EntityId(3), Purpose.Sizes),
        ];
        var first = a.NextBits();
        Assert.All(others, o => Assert.NotEqual(first, o.NextBits()));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_numbers()
    {
        ulong[] Draws(int threads)
        {
            var numbers = new ulong[2000];
            Parallel.For(
                0,
                numbers.Length,
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                i =>
                {
                    var stream = Stream(seed: 42, draw: i, purpose: Purpose.Shocks);
                    var sum = 0UL;
                    for (var k = 0; k < 100; k++)
                    {
                        sum = (sum * 31) + stream.NextBits();
                    }
                    numbers[i] = sum;
                }
            );
            return numbers;
        }
        var one = Draws(1);
        Assert.Equal(one, Draws(2));
        Assert.Equal(one, Draws(8));
    }

    /// <summary>The generator as its authors print it (Blackman and Vigna, xoshiro256++ 1.0), kept apart from the one in use.</summary>
    private sealed class Published(ulong a, ulong b, ulong c, ulong d)
    {
        private readonly ulong[] _s = [a, b, c, d];

        public ulong Next()
        {
            static ulong Rotate(ulong x, int k) => (x << k) | (x >> (64 - k));
            var result = Rotate(_s[0] + _s[3], 23) + _s[0];
            var t = _s[1] << 17;
            _s[2] ^= _s[0];
            _s[3] ^= _s[1];
            _s[1] ^= _s[2];
            _s[0] ^= _s[3];
            _s[2] ^= t;
            _s[3] = Rotate(_s[3], 45);
            return result;
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    [Fact]
    public void The_numbers_are_those_of_the_published_generator()
    {
        var known = new Published(1, 2, 3, 4);
        Assert.Equal(
            [41943041, 58720359, 3588806011781223, 3591011842654386],
            new[] { known.Next(), known.Next(), known.Next(), known.Next() }
        );
        var key = 2024UL;
        key = SplitMix(ref key) ^ 7;
        key = SplitMix(ref key) ^ EntityId.Of("zhengzhou").Value;
        key = SplitMix(ref key) ^ (ulong)Purpose.Contracts;
        key = SplitMix(ref key);
        var reference = new Published(
            SplitMix(ref key),
            SplitMix(ref key),
            SplitMix(ref key),
            SplitMix(ref key)
        );
        var stream = RandomStream.Keyed(2024, 7, EntityId.Of("zhengzhou"), Purpose.Contracts);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(reference.Next(), stream.NextBits());
        }
        // The 64-bit FNV-1a hash of "hello", as published.
        Assert.Equal(0xa430d84680aabd0bUL, EntityId.Of("hello").Value);
    }

    [Fact]
    public void Whole_numbers_are_without_bias()
    {
        foreach (var bound in (int[])[1, 2, 3, 7, 1000, int.MaxValue])
        {
            var stream = Stream(seed: (ulong)bound);
            var sum = 0.0;
            for (var i = 0; i < 20_000; i++)
            {
                var n = stream.NextInteger(bound);
                Assert.InRange(n, 0, bound - 1);
                sum += n / (double)bound;
            }
            var mean = (bound - 1.0) / 2 / bound;
            var deviation = Math.Sqrt((1 - (1.0 / bound / bound)) / 12 / 20_000);
            Assert.InRange(
                sum / 20_000,
                mean - (5 * deviation) - 1e-12,
                mean + (5 * deviation) + 1e-12
            );
        }
        var s = Stream();
        Assert.Throws<ArgumentOutOfRangeException>(() => s.NextInteger(0));
    }

    [Fact]
    public void Open_numbers_are_never_zero_or_one()
    {
        var stream = Stream();
        for (var i = 0; i < N; i++)
        {
            var x = stream.NextOpenUniform();
            Assert.True(x is > 0 and < 1);
        }
    }
}
