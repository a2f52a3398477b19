using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Web.Access;

/// <summary>Secrets that stand for a right: 256 random bits, of which only the hash is kept.</summary>
internal static class Secret
{
    /// <summary>A new secret in letters that a URL takes.</summary>
    public static string New() =>
        Convert
            .ToBase64String(RandomNumberGenerator.GetBytes(32))
            .Replace('+', '-')
            .Replace('/', '_')
            .TrimEnd('=');

    /// <summary>What is kept of it.</summary>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
