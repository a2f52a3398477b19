using System.Security.Cryptography;
using Plimsoll.Performance;

namespace Plimsoll.Serving.Capacity;

/// <summary>The content hash under which a surface is cached: of everything its figures depend on.</summary>
/// <remarks>
/// The law (chip, model, calibration) enters by its own answers on a spread of batches, so nothing that moves a step time is missed; the simulator by the identity of
/// the compiled library, so that any change of code starts afresh.
/// </remarks>
internal static class CapacityKey
{
    public static string Of(IStepLaw law, ServingConfig config, long longest, ulong seed)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(typeof(CapacityKey).Module.ModuleVersionId.ToByteArray());
        writer.Write(law.KvCapacityTokens);
        writer.Write(law.Sequence.ToString());
        writer.Write(law.Accelerators);
        writer.Write(law.RequestOverheadSeconds);
        writer.Write(law.TokensPerMixedStep);
        foreach (var decodes in (int[])[0, 1, 2, 7, 32, 100, 256, 1000])
        {
            foreach (var each in (int[])[20, 150, 1000, 9000])
            {
                foreach (var prefill in (int[])[0, 1, 60, 700, 2048, 8192])
                {
                    if (decodes + prefill == 0)
                    {
                        continue;
                    }
                    var segment = law.Segment(
                        new BatchShape(
                            decodes,
                            (long)decodes * each,
                            prefill,
                            prefill * 0.5 * prefill
                        )
                    );
                    writer.Write(segment.BaseSeconds);
                    writer.Write(segment.SecondsPerKvToken);
                    writer.Write(segment.ValidToKvTokens);
                }
            }
        }
        // Records print every property by name, so a new one enters the hash by itself.
        writer.Write(config.ToString());
        writer.Write(longest);
        writer.Write(seed);
        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..32];
    }
}
