using Plimsoll.Cli.Study;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class RunProgressTest
{
    /// <summary>Short work says nothing in a log; long work a line in fifteen seconds.</summary>
    [Fact]
    public void A_log_gets_a_line_now_and_then()
    {
        var clock = new Clock();
        var log = new StringWriter();
        var tell = RunProgress.Lines(log, clock);
        tell("the market", 0);
        clock.Seconds = 14;
        tell("the market", 0.5);
        Assert.Equal("", log.ToString());
        clock.Seconds = 16;
        tell("stresses", 0);
        tell("stresses", 0.25);
        clock.Seconds = 32;
        tell("memo", 0.5);
        Assert.Equal(
            ["... stresses", "... memo, 50 %"],
            log.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
