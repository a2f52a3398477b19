using System.Text;
using System.Text.Json;

namespace Plimsoll.Workloads.Traces;

/// <summary>Files that are one JSON document, or one a line, and have to be read whole.</summary>
internal static class TraceDocuments
{
    private const long MostBytes = 1L << 29;

    /// <summary>Reads a file whose first line begins an object or a list that is no row of a trace.</summary>
    /// <exception cref="InvalidDataException">It is too large, no JSON, or nothing known.</exception>
    public static HeldRequests Read(string path, string name)
    {
        var bytes = Bytes(path, name);
        try
        {
            List<JsonDocument> documents = [.. Documents(bytes)];
            return Of(documents, name);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{name}:1: found JSON that cannot be read; expected the result of a serving benchmark, conversations, or a trace of one object a line.",
                e
            );
        }
    }

    private static HeldRequests Of(List<JsonDocument> documents, string path)
    {
        var root = documents[0].RootElement;
        if (BenchmarkResult.Is(root))
        {
            return documents.Count == 1
                ? BenchmarkResult.Read(root, path)
                : throw new InvalidDataException(
                    $"{path}:1: found {documents.Count} results of a serving benchmark; expected one. Cut the file."
                );
        }
        IEnumerable<JsonElement> items =
            root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray()
                : documents.Select(d => d.RootElement);
        var all = items.ToList();
        return all.Exists(Conversations.Is)
            ? Conversations.Read(all, path)
            : throw new InvalidDataException(
                $"{path}:1: found JSON of another kind; expected a Mooncake trace (timestamp, input_length, output_length), a vLLM request log (arrival_time, input_toks, output_toks), the result of a serving benchmark (input_lens, output_lens), or conversations (from, value)."
            );
    }

    private static IEnumerable<JsonDocument> Documents(byte[] bytes)
    {
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        while (start < bytes.Length)
        {
            if (bytes[start] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            {
                start++;
                continue;
            }
            yield return Next(bytes, ref start);
        }
    }

    private static JsonDocument Next(byte[] bytes, ref int start)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(start), new JsonReaderOptions());
        var document = JsonDocument.ParseValue(ref reader);
        start += (int)reader.BytesConsumed;
        return document;
    }

    private static byte[] Bytes(string path, string name)
    {
        using var stream = ByteLines.OpenStream(path);
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is > 0 and var read)
        {
            if (memory.Length + read > MostBytes)
            {
                throw new InvalidDataException(
                    $"{name}: found a JSON document of more than 512 MB; expected less. Cut it, or write it as one object a line."
                );
            }
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }
}
