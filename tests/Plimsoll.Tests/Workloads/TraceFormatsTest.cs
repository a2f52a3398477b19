using Plimsoll.Workloads;
using Plimsoll.Workloads.Traces;
using Xunit;

namespace Plimsoll.Tests.Workloads;

/// <summary>Files that people bring are read for what they say or refused with words; none is misread.</summary>
public sealed class TraceFormatsTest
{
    private static string Case(string name) =>
        TestData.Path(Path.Combine("cases", "formats", name));

    [Fact]
    public void BurstGpt_is_read_and_its_failures_are_left_out()
    {
        using var trace = TraceSource.Open(Case("burst.csv"));
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal("burstgpt", trace.Format);
        Assert.Equal([(410, 25), (990, 210), (380, 260)], Lengths(requests));
        Assert.Equal(74_000_000_000_000, requests[2].ArrivalPicoseconds);
        Assert.Equal(["ChatGPT", "GPT-4"], trace.Clients);
        Assert.Equal((0L, 1L), (trace.Faults.Broken, trace.Faults.LeftOut));
    }

    [Theory]
    // With the session columns of the later release, quoted, and as a spreadsheet saves it.
    [InlineData(
        "Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,12,3.5,GPT-4,100,20,120,Conversation log\n7.5,,1,GPT-4,90,10,100,API log\n"
    )]
    [InlineData(
        "\"Timestamp\",\"Model\",\"Request tokens\",\"Response tokens\",\"Total tokens\",\"Log Type\"\n\"5\",\"GPT-4\",\"100\",\"20\",\"120\",\"a, b\"\n\"7.5\",\"GPT-4\",\"90\",\"10\",\"100\",\"API log\"\n"
    )]
    [InlineData(
        "Timestamp;Model;Request tokens;Response tokens;Total tokens;Log Type\n5;GPT-4;100;20;120;API log\n7,5;GPT-4;90;10;100;API log\n"
    )]
    public void BurstGpt_in_other_dress_is_the_same(string text)
    {
        var (requests, faults) = TestTraces.ReadText(text, 0);
        Assert.Equal([(100, 20), (90, 10)], Lengths(requests));
        Assert.Equal(2_500_000_000_000, requests[1].ArrivalPicoseconds);
        Assert.Equal(0, faults.Broken);
    }

    [Fact]
    public void A_benchmark_result_gives_requests_and_what_was_measured()
    {
        using var trace = TraceSource.Open(Case("bench.json"));
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal("benchmark", trace.Format);
        Assert.Equal([(400, 100), (500, 1)], Lengths(requests));
        Assert.Equal(0.045, trace.Measured!.MeanTimeToFirstTokenSeconds, 1e-12);
        Assert.Equal(0.01, trace.Measured.MeanTimePerOutputTokenSeconds, 1e-12);
        Assert.Equal(("vllm", 4.0), (trace.Measured.Engine, trace.Measured.RequestRate));
        Assert.Contains("drawn at its rate of 4", trace.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_benchmark_result_with_start_times_keeps_them_and_drops_errors()
    {
        using var trace = TraceSource.Open(
            TestTraces.Write(
                """
                {
                  "backend": "sglang-oai",
                  "request_rate": "inf", "max_concurrency": 2,
                  "input_lens": [10, 20, 30], "output_lens": [5, 6, 0],
                  "start_times": [100.5, 100.0, 101.0], "ttfts": [0.2, 0.1, 0.0],
                  "itls": [[0.02, 0.04], [0.05], []], "errors": ["", "", "timeout"]
                }
                """
            )
        );
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal([(20, 6), (10, 5)], Lengths(requests));
        Assert.Equal(500_000_000_000, requests[1].ArrivalPicoseconds);
        Assert.Empty(trace.Notes);
        Assert.Equal(1, trace.Faults.LeftOut);
        Assert.Equal(0.04, trace.Measured!.MeanTimePerOutputTokenSeconds, 1e-12);
        Assert.Equal(2, trace.Measured.MaxConcurrency);
    }

    [Theory]
    [InlineData("{\"mean_ttft_ms\": 45.2, \"completed\": 2}", "--save-detailed")]
    [InlineData("{\"input_lens\": [1, 2], \"output_lens\": [1]}", "as many of each")]
    [InlineData(
        "{\"input_lens\": [1], \"output_lens\": [1]}\n{\"input_lens\": [1], \"output_lens\": [1]}",
        "2 results"
    )]
    public void Benchmark_results_that_tell_too_little_are_refused(string text, string words) =>
        Assert.Contains(words, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Conversations_are_sessions_whose_turns_share_what_was_said()
    {
        using var trace = TraceSource.Open(
            TestTraces.Write(
                """
                [
                  {"id": "a", "conversations": [
                    {"from": "human", "value": "0123456789012345"}, {"from": "gpt", "value": "01234567"},
                    {"from": "human", "value": "0123"}, {"from": "gpt", "value": "0123"}]},
                  {"id": "b", "conversations": []}
                ]
                """
            )
        );
        var (requests, pieces) = TestTraces.ReadAll(trace);
        Assert.Equal("conversations", trace.Format);
        Assert.Equal([(4, 2), (7, 1)], Lengths(requests));
        Assert.Equal(pieces[0][0], pieces[1][0]);
        Assert.Equal([4, 2, 1], pieces[1].Select(p => p.Tokens));
        Assert.Contains("a quarter of their bytes", trace.Notes[0], StringComparison.Ordinal);
        Assert.Equal(1, trace.Faults.LeftOut);
    }

    [Theory]
    [InlineData(
        "{\"messages\": [{\"role\": \"system\", \"content\": \"be kind\"}, {\"role\": \"user\", \"content\": \"hi\"}, {\"role\": \"assistant\", \"content\": \"hello\"}]}\n"
    )]
    [InlineData(
        "[{\"conversation\": [{\"role\": \"user\", \"content\": \"12345678\"}, {\"role\": \"assistant\", \"content\": \"hello\"}]}]"
    )]
    [InlineData(
        "[\n {\"conversations\": [{\"from\": \"system\", \"value\": \"x\"}, {\"from\": \"human\", \"value\": \"abc\"}, {\"from\": \"chatgpt\", \"value\": \"hello\"}]}]"
    )]
    public void Conversations_come_in_several_layouts(string text)
    {
        using var trace = TraceSource.Open(TestTraces.Write(text));
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal("conversations", trace.Format);
        Assert.Single(requests);
        Assert.Equal(2, requests[0].OutputTokens);
    }

    [Theory]
    [InlineData("arrived_at,num_prefill_tokens,num_decode_tokens\n0.5,374,44\n1.25,396,109\n")]
    [InlineData(
        "id,num_decode_tokens,num_prefill_tokens,num_total_tokens,arrived_at\n1,44,374,418,0.5\n2,109,396,505,1.25\n"
    )]
    [InlineData(
        "arrived_at;num_prefill_tokens;num_decode_tokens;pd_ratio\n0,5;374;44;8,5\n1,25;396;109;3,63\n"
    )]
    public void Vidur_columns_are_read(string text)
    {
        var (requests, faults) = TestTraces.ReadText(text, 0);
        Assert.Equal([(374, 44), (396, 109)], Lengths(requests));
        Assert.Equal(750_000_000_000, requests[1].ArrivalPicoseconds);
        Assert.Equal(0, faults.Broken);
    }

    [Theory]
    [InlineData(16, false)]
    [InlineData(24, false)]
    [InlineData(64, true)]
    [InlineData(1024, false)]
    public void Hash_blocks_of_any_size_are_told_by_the_rows(int block, bool onlyFull)
    {
        var random = new Random(block);
        var text = string.Concat(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                {
                    var input = random.Next(1, 40 * block);
                    var count = onlyFull ? input / block : ((input - 1) / block) + 1;
                    return $"{{\"timestamp\": {i * 10}, \"input_length\": {input}, \"output_length\": 5, \"hash_ids\": [{string.Join(", ", Enumerable.Range(0, count))}]}}\n";
                })
        );
        using var trace = TraceSource.Open(TestTraces.Write(text), 0);
        var (requests, pieces) = TestTraces.ReadAll(trace);
        Assert.Equal(60, requests.Count);
        Assert.All(
            requests.Zip(pieces),
            r =>
            {
                var whole = onlyFull ? r.First.InputTokens / block * block : r.First.InputTokens;
                Assert.Equal(whole, r.Second.Sum(p => p.Tokens));
                Assert.All(r.Second.SkipLast(1), p => Assert.Equal(block, p.Tokens));
            }
        );
    }

    [Fact]
    public void Hash_blocks_whose_size_nothing_tells_are_refused() =>
        Assert.Contains(
            "blocks of 1000 to 2147483647 tokens",
            Refusal(
                "{\"timestamp\": 0, \"input_length\": 1000, \"output_length\": 5, \"hash_ids\": [1]}\n"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Turns_with_a_delay_follow_the_answer_before()
    {
        using var trace = TraceSource.Open(
            TestTraces.Write(
                "{\"session_id\": \"a\", \"timestamp\": 1000, \"input_length\": 600, \"output_length\": 50}\n"
                    + "{\"session_id\": \"a\", \"delay\": 500, \"input_length\": 700, \"output_length\": 10}\n"
                    + "{\"session_id\": \"b\", \"timestamp\": 2000, \"input_length\": 10, \"output_length\": 1}\n"
            )
        );
        var (requests, _) = TestTraces.ReadAll(trace);
        // The first answer takes 50 / 25 = 2 s; half a second later the turn comes.
        Assert.Equal([600, 10, 700], requests.Select(r => r.InputTokens));
        Assert.Equal(2_500_000_000_000, requests[2].ArrivalPicoseconds);
        Assert.Contains("25 tokens a second", trace.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "{\"delay\": 5, \"input_length\": 1, \"output_length\": 1}\n",
        "without an earlier turn"
    )]
    [InlineData("{\"prompt\": \"x\", \"answer\": \"y\"}\n", "JSON of another kind")]
    [InlineData("[1, 2, 3]\n", "JSON of another kind")]
    [InlineData("{\"input_lens\": [1\n", "cannot be read")]
    public void Other_json_is_refused_with_what_it_holds(string text, string words) =>
        Assert.Contains(words, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void A_semicolon_table_with_decimal_commas_is_read()
    {
        using var trace = TraceSource.Open(Case("semi.csv"), 0);
        var (requests, _) = TestTraces.ReadAll(trace);
        Assert.Equal(39, requests.Count);
        Assert.Equal((563, 330), (requests[0].InputTokens, requests[0].OutputTokens));
        Assert.Equal(259_000_000_000, requests[1].ArrivalPicoseconds);
    }

    [Theory]
    [InlineData(
        "\"arrival_s\",\"input_tokens\",\"output_tokens\"\n\"0\",\"10\",\"2\"\n\"1.5\",\"20\",\"3\"\n"
    )]
    [InlineData("arrival_s\tinput_tokens\toutput_tokens\n0\t10\t2\n1.5\t20\t3\n")]
    [InlineData("\uFEFFArrival_S; Input_Tokens; Output_Tokens\r\n0; 10; 2\r\n1,5; 20; 3\r\n")]
    [InlineData(
        "\nclient,arrival_s,input_tokens,output_tokens\n\"Smith, Jones\",0,10,2\n\"Smith, Jones\",1.5,20,3\n"
    )]
    public void Plain_tables_in_other_dress_are_the_same(string text)
    {
        var (requests, faults) = TestTraces.ReadText(text, 0);
        Assert.Equal([(10, 2), (20, 3)], Lengths(requests));
        Assert.Equal(1_500_000_000_000, requests[1].ArrivalPicoseconds);
        Assert.Equal(0, faults.Broken);
    }

    [Theory]
    [InlineData("arrival_s;input_tokens;output_tokens\n0,5;10;2\n1.234;20;3\n")]
    [InlineData("arrival_s;input_tokens;output_tokens\n0,5;10;2\n1.234,50;20;3\n")]
    [InlineData("arrival_s;input_tokens;output_tokens\n0,5;10;2\n1,5;1.024;3\n")]
    [InlineData("arrival_s,input_tokens,output_tokens\n0,10,2\n1,\"1,024\",3\n")]
    public void A_mark_that_may_part_thousands_is_no_number(string text) =>
        Assert.Equal(1, TestTraces.ReadText(text, 1).Faults.Broken);

    [Theory]
    [InlineData("05/11/2023 23:59:50")]
    [InlineData("13/11/2023 23:59:50")]
    [InlineData("5.11.2023 23:59:50")]
    [InlineData("11-05-2023 23:59")]
    public void Dates_whose_order_is_not_stated_are_refused(string date)
    {
        var words = Refusal($"TIMESTAMP,ContextTokens,GeneratedTokens\n{date},76,15\n");
        Assert.Contains(":2: found the date", words, StringComparison.Ordinal);
        Assert.Contains("dates: day_first", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_whose_order_is_stated_are_read_so()
    {
        using var day = TraceSource.Open(Case("dayfirst.csv"), 0, DateOrder.DayFirst);
        Assert.Equal(
            [0, 5, 15, 19],
            TestTraces.ReadAll(day).Requests.Select(r => r.ArrivalPicoseconds / 1_000_000_000_000)
        );
        using var month = TraceSource.Open(Case("dayfirst.csv"), 0, DateOrder.MonthFirst);
        Assert.Equal(
            5,
            TestTraces.ReadAll(month, most: 2).Requests[1].ArrivalPicoseconds / 1_000_000_000_000
        );
    }

    [Theory]
    [InlineData("2023-11-16 18:17:03.9799600", "2023-11-16T18:17:04.0319600Z", 0.052)]
    [InlineData("2024-05-10 00:00:00.009930+00:00", "2024-05-10 02:00:01.009930+02:00", 1)]
    [InlineData("2023/11/30 23:59:59", "2023/12/01 00:00:00.5", 1.5)]
    public void Dates_with_the_year_first_need_no_order(string one, string two, double seconds)
    {
        var (requests, faults) = TestTraces.ReadText(
            $"TIMESTAMP,ContextTokens,GeneratedTokens\n{one},76,15\n{two},76,15\n",
            0
        );
        Assert.Equal(0, faults.Broken);
        Assert.Equal(seconds, requests[1].ArrivalPicoseconds / 1e12, 1e-9);
    }

    [Fact]
    public void Helios_jobs_are_described_and_not_served()
    {
        using var trace = TraceSource.Open(
            TestTraces.Write(
                "job_id,user,vc,gpu_num,cpu_num,node_num,state,submit_time,start_time,end_time,duration,queue\n"
                    + "1,u,v,8,32,1,COMPLETED,2020-04-01 00:00:00,x,y,100,0\n"
                    + "2,u,v,0,4,1,COMPLETED,2020-04-01 00:00:05,x,y,100,0\n"
                    + "3,u,v,1,4,1,FAILED,2020-04-01 00:00:09,x,y,7,0\n"
            ),
            0
        );
        var (jobs, _) = TestTraces.ReadAll(trace);
        Assert.True(trace.IsJobs);
        Assert.Equal([(8, 100), (1, 7)], Lengths(jobs));
        Assert.Equal(1, trace.Faults.LeftOut);
    }

    [Theory]
    [InlineData(
        "job_name,task_name,inst_num,status,start_time,end_time,plan_cpu,plan_mem,plan_gpu,gpu_type\n",
        "PAI"
    )]
    [InlineData("job_name,inst_id,user,status,start_time,end_time\n", "PAI")]
    [InlineData("num_prefill_tokens,num_decode_tokens,pd_ratio\n374,44,8.5\n", "without times")]
    [InlineData("Request Id,request_e2e_time,request_num_prefill_tokens\n0,1.5,100\n", "results")]
    [InlineData(
        "BilledCost,EffectiveCost,ChargePeriodStart,ChargePeriodEnd,ServiceName\n1.5,1.5,2025-01-01T00:00:00Z,2025-01-01T01:00:00Z,GPU\n",
        "FOCUS"
    )]
    [InlineData("# HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).\n", "DCGM")]
    [InlineData("DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",UUID=\"GPU-1\"} 412.5\n", "DCGM")]
    [InlineData("#Entity   GPUTL  MCUTL  POWER\nGPU 0     98     40     412.5\n", "DCGM")]
    [InlineData(
        "timestamp, name, utilization.gpu [%], power.draw [W]\n2025/01/01 00:00:00.000, H100, 98 %, 412 W\n",
        "DCGM"
    )]
    [InlineData(
        "# HELP vllm:num_requests_running Number of requests in model execution batches.\n",
        "Prometheus"
    )]
    [InlineData("vllm:num_requests_running{model_name=\"m\"} 3.0\n", "Prometheus")]
    [InlineData("sglang:token_usage{model_name=\"m\"} 0.3\n", "Prometheus")]
    [InlineData("# HELP go_gc_duration_seconds A summary.\n", "Prometheus")]
    public void Files_that_are_no_traces_are_named(string text, string words) =>
        Assert.Contains(words, Refusal(text), StringComparison.Ordinal);

    private static string Refusal(string text) =>
        Assert.Throws<InvalidDataException>(() => TestTraces.ReadText(text, 0.01)).Message;

    private static IEnumerable<(int, int)> Lengths(IEnumerable<Request> requests) =>
        requests.Select(r => (r.InputTokens, r.OutputTokens));
}
