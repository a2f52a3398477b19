using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plimsoll.Web.Access;

/// <summary>The certificate under which keys of cookies are kept: who copies their folder alone can forge no session.</summary>
internal static class KeyCertificate
{
    /// <summary>True when a setting names one that opens and has its private key.</summary>
    public static bool Opens(WorkbenchSettings settings)
    {
        try
        {
            using var certificate = Of(settings);
            return certificate.HasPrivateKey;
        }
        catch (Exception e)
            when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The certificate; its owner disposes of it.</summary>
    public static X509Certificate2 Of(WorkbenchSettings settings) =>
        X509CertificateLoader.LoadPkcs12FromFile(
            settings.KeyCertificate,
            settings.KeyCertificatePassword
        );
}
