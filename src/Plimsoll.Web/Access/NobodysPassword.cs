using Microsoft.AspNetCore.Identity;
using Plimsoll.Web.Store;

namespace Plimsoll.Web.Access;

/// <summary>A password that fits nobody, tried where a name is unknown: it takes as long as one of somebody's.</summary>
internal sealed class NobodysPassword
{
    private readonly PasswordHasher<WorkbenchUser> _hasher = new();
    private readonly WorkbenchUser _nobody = new();
    private readonly string _hash;

    public NobodysPassword() => _hash = _hasher.HashPassword(_nobody, Secret.New());

    /// <summary>Reckons the hash of a password, which none fits.</summary>
    public void Try(string password) => _ = _hasher.VerifyHashedPassword(_nobody, _hash, password);
}
