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

    /// <summary>Reads a word; letter case and separators do not matter, and TensorRT-LLM may be written out.</summary>
    /// <returns>False when the word is none of <see cref="Words"/>.</returns>
    public static bool TryParse(string word, out ServingEngine engine)
    {
        var letters = string.Concat(word.Where(char.IsAsciiLetter)).ToLowerInvariant();
        // Dynamo is a router in front of one of them, written before its name.
        letters = letters.StartsWith("dynamo", StringComparison.Ordinal) ? letters[6..] : letters;
        letters = letters is "tensorrtllm" or "tensorrt" or "trt" ? "trtllm" : letters;
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i] == letters)
            {
                engine = (ServingEngine)i;
                return true;
            }
        }
        engine = default;
        return false;
    }
}
