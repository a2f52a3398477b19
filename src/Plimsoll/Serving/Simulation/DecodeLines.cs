using Plimsoll.Performance;

namespace Plimsoll.Serving.Simulation;

/// <summary>The latest line of pure decode steps for each batch size, so that the law is asked once for each piece.</summary>
internal sealed class DecodeLines(IStepLaw law, int maxSequences)
{
    private readonly Line[] _lines = new Line[maxSequences + 1];

    /// <summary>The line on which a step of so many decoding sequences with so many KV tokens lies.</summary>
    public ref readonly IntegerStep At(int sequences, long kvTokens)
    {
        ref var line = ref _lines[sequences];
        if (kvTokens < line.From || kvTokens >= line.Until)
        {
            line.Step = IntegerStep.Of(law, new BatchShape(sequences, kvTokens, 0, 0));
            line.From = kvTokens;
            line.Until = line.Step.ValidTo == long.MaxValue ? long.MaxValue : line.Step.ValidTo + 1;
        }
        return ref line.Step;
    }

    private struct Line
    {
        public IntegerStep Step;
        public long From;
        public long Until;
    }
}
