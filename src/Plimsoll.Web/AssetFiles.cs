using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Plimsoll.Web;

/// <summary>Style sheet, scripts and outlines, from inside the program: it runs from any folder and nothing is loaded from elsewhere.</summary>
internal sealed class AssetFiles : IFileProvider
{
    private const string Prefix = "assets/";
    private static readonly Assembly _assembly = Assembly.GetExecutingAssembly();

    /// <summary>Changes with every build, so that a browser may keep what it has.</summary>
    public static string Version { get; } =
        _assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public IFileInfo GetFileInfo(string subpath)
    {
        var name = subpath.TrimStart('/');
        return _assembly.GetManifestResourceInfo(Prefix + name) is null
            ? new NotFoundFileInfo(name)
            : new Asset(name);
    }

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
