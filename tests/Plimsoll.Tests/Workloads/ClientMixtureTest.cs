using Plimsoll.Sampling;
using Plimsoll.Workloads;
using Plimsoll.Workloads.Mixtures;
using Xunit;

namespace Plimsoll.Tests.Workloads;

public sealed class ClientMixtureTest
{
    [Theory]
    [InlineData(GapFamily.Gamma, 0.5)]
    [InlineData(GapFamily.Gamma, 3)]
    [InlineData(GapFamily.Weibull, 0.6)]
    [InlineData(GapFamily.Weibull, 2)]
    public void Gaps_have_the_burstiness_asked_for(GapFamily family, double cv)
    {
        var shape = Gaps.Shape(family, cv);
        Assert.Equal(cv, Gaps.Cv(family, shape), 1e-9);
        var stream = RandomStream.Keyed(3, 0, EntityId.Single, Purpose.Arrivals);
        const int count = 400_000;
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var gap = Gaps.Draw(family, shape, ref stream);
            sum += gap;
            squares += gap * gap;
        }
        var mean = sum / count;
        Assert.Equal(cv, Math.Sqrt((squares / count) - (mean * mean)) / mean, cv * 0.03);
    }

    [Fact]
    public void A_histogram_is_drawn_with_its_weights()
    {
        var lengths = TokenLengths.OfHistogram([10, 20, 30, 40], [1, 0, 2, 5]);
        var stream = RandomStream.Keyed(3, 0, EntityId.Single, Purpose.Sizes);
        var counts = new int[41];
        for (var i = 0; i < 80_000; i++)
        {
            counts[lengths.Draw(ref stream)]++;
        }
        Assert.Equal(0, counts[20]);
        Assert.Equal(1.0 / 8, counts[10] / 80_000.0, 0.005);
        Assert.Equal(2.0 / 8, counts[30] / 80_000.0, 0.006);
        Assert.Equal((10 + 60 + 200) / 8.0, lengths.Mean, 1e-12);
    }

    [Fact]
    public void Windows_keep_their_volume_and_lengths_change_with_the_hour()
    {
        var short_ = TokenLengths.Fixed(10);
        var long_ = TokenLengths.Fixed(99);
        var client = new MixtureClient(
            "one",
            [
                new ArrivalWindow(0, 2, GapFamily.Gamma, 0.2),
                new ArrivalWindow(100, 0),
                new ArrivalWindow(200, 5, GapFamily.Weibull, 0.7),
            ],
            [new LengthWindow(0, short_, short_), new LengthWindow(200, long_, short_)]
        );
        var mixture = new ClientMixture([client], periodSeconds: 300);
        Assert.Equal(700.0 / 300, mixture.RequestsPerSecond, 1e-12);
        var (requests, _) = TestTraces.ReadAll(mixture.ToSource(1), batch: 100, most: 2100);
        for (var period = 0; period < 3; period++)
        {
            var start = period * 300.0;
            int Between(double from, double to) =>
                requests.Count(r =>
                    r.ArrivalPicoseconds * 1e-12 >= start + from
                    && r.ArrivalPicoseconds * 1e-12 < start + to
                );
            Assert.Equal(200, Between(0, 100));
            Assert.Equal(0, Between(100, 200));
            Assert.Equal(500, Between(200, 300));
        }
        Assert.All(
            requests,
            r => Assert.Equal(r.ArrivalPicoseconds * 1e-12 % 300 < 200 ? 10 : 99, r.InputTokens)
        );
        var times = requests.Select(r => r.ArrivalPicoseconds).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void A_window_of_millions_keeps_its_rate_and_is_not_drawn_to_its_end_first()
    {
        // A day of 1e7 requests a second has 8.64e11: drawn ahead, the first would never come.
        var one = TokenLengths.Fixed(1);
        var busy = new MixtureClient(
            "busy",
            [
                new ArrivalWindow(0, 1e7, GapFamily.Gamma, 0.5),
                new ArrivalWindow(43_200, 1e7, GapFamily.Weibull, 0.7),
            ],
            [new LengthWindow(0, one, one)]
        );
        var quiet = busy with { Name = "quiet", Windows = [new ArrivalWindow(0, 5)] };
        // Parts of 2,097,152 requests (a half of 2^22): two of them take 0.42 seconds, the quiet client sends two requests meanwhile.
        var source = new ClientMixture([quiet, busy]).ToSource(3, 4_194_306);
        var buffer = new Request[4096];
        var (count, last, before) = (0L, 0.0, 0.0);
        while (source.Read(buffer) is > 0 and var read)
        {
            foreach (ref readonly var request in buffer.AsSpan(0, read))
            {
                var at = request.ArrivalPicoseconds * 1e-12;
                Assert.True(at >= before);
                before = at;
                count++;
                last = at;
            }
        }
        Assert.Equal(4_194_306, count);
        Assert.Equal(0.42, last, 0.01);
    }

    [Fact]
    public void A_scaled_mixture_from_many_customers_is_less_bursty_than_from_few()
    {
        var client = new MixtureClient(
            "bursty",
            [new ArrivalWindow(0, 1, GapFamily.Gamma, Gaps.Shape(GapFamily.Gamma, 4))],
            [new LengthWindow(0, TokenLengths.Fixed(1), TokenLengths.Fixed(1))]
        );
        var mixture = new ClientMixture([client], periodSeconds: 3600);
        double Cv(int copies) =>
            WorkloadProfile.Of(mixture.ToSource(1, 60_000, rateScale: 20, copies)).GapCv;
        Assert.Equal(4, Cv(1), 0.3);
        Assert.InRange(Cv(50), 1, 3);
    }

    [Fact]
    public void A_servegen_folder_gives_its_rates_and_lengths_back()
    {
        var mixture = ServeGenFiles.Read(TestTraces.File("servegen"), "deepseek-r1");
        Assert.Equal(["client 13", "client 24", "client 48"], mixture.Clients.Select(c => c.Name));
        var day = (int)Math.Round(mixture.RequestsPerSecond * 86_400);
        var (requests, _) = TestTraces.ReadAll(mixture.ToSource(7), batch: 1000, most: day);
        for (var client = 0; client < 3; client++)
        {
            var expected = ClientMixture.Volume(mixture.Clients[client], 86_400);
            Assert.Equal(
                1,
                requests.Count(r => r.Client == client) / expected,
                0.01 + (2 / Math.Sqrt(expected))
            );
        }
        Assert.Throws<InvalidDataException>(() =>
            ServeGenFiles.Read(TestTraces.File("servegen"), "gpt")
        );
    }

    [Fact]
    public void Shared_prefixes_are_consistent_pieces_inside_the_prompt()
    {
        var client = new MixtureClient(
            "chat",
            [new ArrivalWindow(0, 10)],
            [new LengthWindow(0, TokenLengths.LogNormal(400, 1), TokenLengths.Fixed(5))],
            new SharedPrefix(3, 60, 40, 150)
        );
        var source = new ClientMixture([client]).ToSource(1, 3000);
        var (requests, pieces) = TestTraces.ReadAll(source, batch: 64);
        var lengths = new Dictionary<long, int>();
        foreach (var (request, held) in requests.Zip(pieces))
        {
            Assert.True(held.Sum(p => p.Tokens) < request.InputTokens);
            foreach (var piece in held)
            {
                Assert.Equal(piece.Tokens, lengths.GetValueOrDefault(piece.Id, piece.Tokens));
                lengths[piece.Id] = piece.Tokens;
            }
        }
        Assert.Equal(43, lengths.Count);
    }

    [Fact]
    public void The_same_seed_draws_the_same_requests_whatever_the_batches()
    {
        var mixture = ServeGenFiles.Read(TestTraces.File("servegen"));
        var (a, _) = TestTraces.ReadAll(mixture.ToSource(9, 5000), batch: 13);
        var (b, _) = TestTraces.ReadAll(mixture.ToSource(9, 5000), batch: 999);
        Assert.Equal(a, b);
        var (c, _) = TestTraces.ReadAll(mixture.ToSource(10, 5000), batch: 13);
        Assert.NotEqual(a, c);
    }
}
