using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Serving.Cases;
using Plimsoll.Serving.Planning;

namespace Plimsoll.Serving.Capacity;

/// <summary>The content hash under which the answer to a question is kept: of the question, of each fleet tried and its law's own answers, and of the compiled library.</summary>
internal static class AnswerKey
{
    public static string Of(
        IEnumerable<InferenceCase> fleets,
        ServedQuestion question,
        GoodputSettings settings
    )
    {
        var text = new StringBuilder();
        text.AppendLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{question.Shape} {question.Level} {question.Percentile:R} {question.Accelerators} {settings}"
            )
        );
        foreach (var fleet in fleets)
        {
            text.AppendLine(CapacityKey.Of(fleet.Law, fleet.Config, fleet.Config.ContextTokens, 1));
            if (fleet.DecodeLaw is { } decode)
            {
                text.AppendLine(CapacityKey.Of(decode, fleet.Config, 0, 1));
            }
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[
            ..32
        ];
    }
}
