namespace Plimsoll.Performance;

/// <summary>The software that serves a model.</summary>
public enum ServingEngine
{
    /// <summary>vLLM.</summary>
    Vllm,

    /// <summary>SGLang.</summary>
    Sglang,

    /// <summary>TensorRT-LLM.</summary>
    TensorRtLlm,
}

/// <summary>Names of engines as data files write them.</summary>
public static class ServingEngines
{
    /// <summary>The words a file may use, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Words { get; } = ["vllm", "sglang", "trtllm"];

    /// <summary>The word for an engine.</summary>
    public static string Word(this ServingEngine engine) => Words[(int)engine];

    /// <summary>Reads a word; letter case does not matter.</summary>
    /// <returns>False when the word is none of <see cref="Words"/>.</returns>
    public static bool TryParse(string word, out ServingEngine engine)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (string.Equals(Words[i], word, StringComparison.OrdinalIgnoreCase))
            {
                engine = (ServingEngine)i;
                return true;
            }
        }
        engine = default;
        return false;
    }
}
