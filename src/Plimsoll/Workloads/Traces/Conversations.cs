using System.Text;
using System.Text.Json;
using Plimsoll.Sampling;

namespace Plimsoll.Workloads.Traces;

/// <summary>Conversations in the layout of ShareGPT (conversations of from and value) or of chat interfaces (messages of role and content): each answer is a request whose prompt is all before it.</summary>
/// <remarks>
/// Such files hold texts, not tokens and not times. Tokens are counted as a quarter of the UTF-8 bytes, near what today's tokenisers make of English (about four characters) and of
/// Chinese (three bytes a character, about three quarters of a token). Conversations begin one a second with exponential gaps, to be scaled by rate_scale; a turn follows the answer before it
/// after the time to write it at 25 tokens a second and a pause of 30 seconds on average.
/// </remarks>
internal static class Conversations
{
    private const double BytesPerToken = 4;
    private const double StartsPerSecond = 1;
    private const double TokensPerSecond = 25;
    private const double PauseSeconds = 30;
    private static readonly string[] _lists = ["conversations", "conversation", "messages"];
    private static readonly string[] _askers = ["human", "user"];
    private static readonly string[] _answerers =
    [
        "gpt",
        "assistant",
        "chatgpt",
        "bing",
        "bard",
        "model",
    ];

    /// <summary>Whether an object is a conversation.</summary>
    public static bool Is(JsonElement item) => Turns(item) is not null;

    /// <summary>Reads conversations.</summary>
    /// <param name="items">One object a conversation.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="InvalidDataException">None has an answer.</exception>
    public static HeldRequests Read(IEnumerable<JsonElement> items, string path)
    {
        var held = new HeldRequests { Format = "conversations" };
        var stream = RandomStream.Keyed(1, 0, EntityId.Of("conversations"), Purpose.Arrivals);
        var start = 0.0;
        var session = 0L;
        foreach (var item in items)
        {
            if (Turns(item) is not { } turns)
            {
                held.LeftOut++;
                continue;
            }
            start += session == 0 ? 0 : -Math.Log(stream.NextOpenUniform()) / StartsPerSecond;
            Add(held, turns, session++, start, ref stream);
        }
        if (held.Count == 0)
        {
            throw new InvalidDataException(
                $"{path}: found conversations without an answer; expected turns of human and gpt, or of user and assistant."
            );
        }
        held.Sort();
        held.Notes.Add(
            "the file holds texts: tokens are counted as a quarter of their bytes, conversations begin one a second (rate_scale changes it), and a turn follows after the answer is written at 25 tokens a second and read for 30 s on average"
        );
        return held;
    }

    private static void Add(
        HeldRequests held,
        JsonElement turns,
        long session,
        double time,
        ref RandomStream stream
    )
    {
        var history = new List<PrefixPiece>();
        var (before, asked) = (0, 0);
        foreach (var turn in turns.EnumerateArray())
        {
            var tokens = Tokens(turn, out var isAnswer);
            if (!isAnswer)
            {
                asked += tokens;
                continue;
            }
            if (before + asked == 0 || tokens == 0)
            {
                continue;
            }
            if (asked > 0)
            {
                history.Add(new PrefixPiece((session << 20) + history.Count, asked));
            }
            held.Add(
                new TraceRow
                {
                    Picoseconds = (Int128)Math.Round(time * 1e12),
                    Input = before + asked,
                    Output = tokens,
                },
                [.. history]
            );
            history.Add(new PrefixPiece((session << 20) + history.Count, tokens));
            before += asked + tokens;
            asked = 0;
            time +=
                (tokens / TokensPerSecond) - (PauseSeconds * Math.Log(stream.NextOpenUniform()));
        }
    }

    private static int Tokens(JsonElement turn, out bool isAnswer)
    {
        isAnswer = false;
        if (turn.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }
        var who = Text(turn, "from") ?? Text(turn, "role") ?? "";
        isAnswer = _answerers.Contains(who, StringComparer.OrdinalIgnoreCase);
        var text = Text(turn, "value") ?? Text(turn, "content") ?? "";
        return text.Length == 0
            ? 0
            : Math.Max(1, (int)Math.Ceiling(Encoding.UTF8.GetByteCount(text) / BytesPerToken));
    }

    private static JsonElement? Turns(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var name in _lists)
        {
            if (
                item.TryGetProperty(name, out var turns)
                && turns.ValueKind == JsonValueKind.Array
                && turns
                    .EnumerateArray()
                    .Any(t =>
                        t.ValueKind == JsonValueKind.Object
                        && (Text(t, "from") ?? Text(t, "role")) is { } who
                        && _askers
                            .Concat(_answerers)
                            .Contains(who, StringComparer.OrdinalIgnoreCase)
                    )
            )
            {
                return turns;
            }
        }
        return null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
