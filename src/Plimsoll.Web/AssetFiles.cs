using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Plimsoll.Web;

/// <summary>Style sheet, scripts and outlines, from inside the program: it runs from any folder and nothing is loaded from elsewhere.</summary>
internal sealed class AssetFiles : IFileProvider
{
    private const string Prefix = "assets/";
    private static readonly Assembly _assembly = Assembly.GetExecutingAssembly();

    /// <summary>Changes with every build. It is a folder in the addresses, so that what a script imports changes with it and a browser may keep all.</summary>
    public static string Version { get; } =
        _assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public IFileInfo GetFileInfo(string subpath)
    {
        var name = subpath.TrimStart('/');
        if (name.StartsWith(Version + "/", StringComparison.Ordinal))
        {
            name = name[(Version.Length + 1)..];
        }
        return _assembly.GetManifestResourceInfo(Prefix + name) is null
            ? new NotFoundFileInfo(name)
            : new Asset(name);
    }

    /// <summary>How long a browser may keep an asset: for good under its version, else not at all.</summary>
    /// <param name="path">Path asked for.</param>
    public static string Keeping(PathString path) =>
        path.StartsWithSegments("/assets/" + Version, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-store";

    public IDirectoryContents GetDirectoryContents(string subpath) =>
        NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Asset(string name) : IFileInfo
    {
        public bool Exists => true;
        public bool IsDirectory => false;
        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;
        public long Length
        {
            get
            {
                using var stream = CreateReadStream();
                return stream.Length;
            }
        }
        public string Name => name;
        public string? PhysicalPath => null;

        public Stream CreateReadStream() =>
            _assembly.GetManifestResourceStream(Prefix + name)
            ?? throw new FileNotFoundException(name);
    }
}
