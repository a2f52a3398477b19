using Plimsoll.Workloads;
using Plimsoll.Workloads.Traces;
using Xunit;

namespace Plimsoll.Tests.Workloads;

public sealed class TraceSourceTest
{
    [Fact]
    public void Azure_times_keep_their_hundred_nanoseconds()
    {
        using var trace = TraceSource.Open(TestTraces.File("azure_code_400.csv"));
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal("azure", trace.Format);
        Assert.Equal(400, requests.Count);
        // 18:17:03.9799600 and 18:17:04.0319600 in the file.
        Assert.Equal(new Request(0, 4808, 10), requests[0]);
        Assert.Equal(new Request(52_000_000_000, 3180, 8), requests[1]);
        Assert.Equal(0, trace.Faults.Broken);
    }

    [Fact]
    public void Mooncake_blocks_are_512_tokens_and_the_last_what_is_left()
    {
        using var trace = TraceSource.Open(TestTraces.File("mooncake_conversation_300.jsonl.gz"));
        var (requests, pieces) = TestTraces.ReadAll(trace);
        Assert.Equal("mooncake", trace.Format);
        Assert.Equal(300, requests.Count);
        Assert.Equal(6758, requests[0].InputTokens);
        Assert.Equal(14, pieces[0].Length);
        Assert.All(pieces[0][..13], p => Assert.Equal(512, p.Tokens));
        Assert.All(
            requests.Zip(pieces),
            r => Assert.Equal(r.First.InputTokens, r.Second.Sum(p => p.Tokens))
        );
    }

    [Fact]
    public void A_vllm_log_replays_its_arrivals()
    {
        using var trace = TraceSource.Open(TestTraces.File("vllm_rtx4090.jsonl.gz"));
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal(300, requests.Count);
        Assert.Equal(2358, requests[0].InputTokens);
        // 1787267980.3478317 - 1787267980.0827403 s.
        Assert.Equal(265_091_400_000, requests[1].ArrivalPicoseconds);
    }

    [Fact]
    public void A_plain_file_may_name_clients_priorities_stored_tokens_and_prefixes()
    {
        var path = TestTraces.Write(
            "client,arrival_s,input_tokens,output_tokens,priority,stored_tokens,prefix\r\n"
                + "b,0.5,100,5,0,16,7:32 9:20\r\n"
                + "a,1.000000000001,10,1,2,0,\r\n"
                + "b,2,10,1,0,0,7:32\r\n"
        );
        using var trace = TraceSource.Open(path);
        var (requests, pieces) = TestTraces.ReadAll(trace);
        Assert.Equal(["b", "a"], trace.Clients);
        Assert.Equal(new Request(0, 100, 5, 0, 0, 0, 2, 16), requests[0]);
        Assert.Equal(500_000_000_001, requests[1].ArrivalPicoseconds);
        Assert.Equal(1, requests[1].Client);
        Assert.Equal(2, requests[1].Priority);
        Assert.Equal([new PrefixPiece(7, 32), new PrefixPiece(9, 20)], pieces[0]);
        Assert.Equal([new PrefixPiece(7, 32)], pieces[2]);
    }

    [Fact]
    public void Broken_rows_are_counted_with_their_lines()
    {
        var (requests, faults) = TestTraces.ReadText(
            "arrival_s,input_tokens,output_tokens\n"
                + "0,10,10\n"
                + "x,10,10\n"
                + "2,0,10\n"
                + "3,10\n"
                + "4,10,10\n"
                + "3.5,10,10\n"
                + "5,10,1.5\n"
                + "6,10,10\n"
                + "7,10,10\n"
                + "8,10,10\n"
                + "9,10,10\n"
        );
        Assert.Equal(6, requests.Count);
        Assert.Equal(11, faults.Rows);
        Assert.Equal([3L, 4L, 5L, 7L, 8L], faults.First.Select(b => b.Line));
        Assert.Contains("before the row ahead", faults.First[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_broken_rows_stop_the_reading()
    {
        var rows = string.Concat(Enumerable.Range(0, 98).Select(i => $"{i},1,1\n"));
        var text = "arrival_s,input_tokens,output_tokens\n" + rows + "99,1,oops\n100,1,1\n";
        Assert.Equal(1, TestTraces.ReadText(text, brokenShare: 0.01).Faults.Broken);
        var refusal = Assert.Throws<InvalidDataException>(() =>
            TestTraces.ReadText(text, brokenShare: 0.009)
        );
        Assert.Contains(":100: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1 of 100 rows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_broken_file_is_left_early()
    {
        var rows = string.Concat(Enumerable.Repeat("no,such,row\n", 5000));
        var refusal = Assert.Throws<InvalidDataException>(() =>
            TestTraces.ReadText("arrival_s,input_tokens,output_tokens\n" + rows)
        );
        Assert.Contains("1000 of 1000 rows", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\n1,2,3\n")]
    [InlineData("{\"a\": 1}\n")]
    public void An_unknown_format_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => TestTraces.ReadText(text));

    [Fact]
    public void A_year_long_trace_moves_the_epoch()
    {
        var rows = string.Concat(
            Enumerable.Range(0, 74).Select(i => $"{i * 5L * 86_400},{i + 1},1\n")
        );
        var path = TestTraces.Write("arrival_s,input_tokens,output_tokens\n" + rows);
        using var trace = TraceSource.Open(path);
        var buffer = new Request[16];
        var seen = 0;
        var epoch = 0L;
        while (trace.Read(buffer) is > 0 and var read)
        {
            Assert.InRange(trace.EpochSeconds - epoch, 0, 50 * 86_400);
            epoch = trace.EpochSeconds;
            foreach (var request in buffer.AsSpan(0, read))
            {
                Assert.Equal(
                    seen * 5L * 86_400,
                    epoch + (request.ArrivalPicoseconds / 1_000_000_000_000)
                );
                Assert.Equal(++seen, request.InputTokens);
            }
        }
        Assert.Equal(74, seen);
    }

    [Fact]
    public void Shaping_cuts_time_and_scales_rate_and_lengths()
    {
        var source = new RequestList(
            Enumerable
                .Range(0, 10)
                .Select(i => new Request(i * 1_000_000_000_000L, 100, 40, 0, 0, i, 1))
                .ToArray(),
            Enumerable.Range(0, 10).Select(i => new PrefixPiece(i, 64)).ToArray()
        );
        var shape = new WorkloadShape(
            FromSeconds: 2,
            UntilSeconds: 8,
            Requests: 5,
            RateScale: 2,
            InputScale: 1.5,
            OutputScale: 0.25
        );
        var (requests, pieces) = TestTraces.ReadAll(new ShapedRequests(source, shape), batch: 3);
        Assert.Equal(5, requests.Count);
        Assert.Equal(
            [0L, 500_000_000_000, 1_000_000_000_000, 1_500_000_000_000, 2_000_000_000_000],
            requests.Select(r => r.ArrivalPicoseconds)
        );
        Assert.All(requests, r => Assert.Equal((150, 10), (r.InputTokens, r.OutputTokens)));
        Assert.Equal([new PrefixPiece(2, 96)], pieces[0]);
    }
}
