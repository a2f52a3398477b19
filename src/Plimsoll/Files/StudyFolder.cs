namespace Plimsoll.Files;

/// <summary>The folder of a study, and so all that the study may read: regular files below it, or below further folders that the host allows.</summary>
/// <remarks>
/// A name outside is refused without a look at it, so that missing, denied and present answer alike; so is a link that leads outside.
/// Messages carry the name that the study wrote and never a folder of the machine.
/// </remarks>
public sealed class StudyFolder
{
    /// <summary>False where the folder that the process was started in is gone or may not be read.</summary>
    public static bool CurrentStands
    {
        get
        {
            try
            {
                _ = Directory.GetCurrentDirectory();
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private readonly string? _folder;
    private readonly IReadOnlyList<(string Given, string Real)> _allowed;

    private StudyFolder(string? folder, IEnumerable<string> further)
    {
        _folder = folder;
        _allowed =
        [
            .. further
                .Prepend(folder)
                .OfType<string>()
                .Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f)))
                .Select(f => (Given: f, Real: RealPath.Of(f)))
                .Where(f => f.Real is not null)
                .Select(f => (f.Given, f.Real!)),
        ];
    }

    /// <summary>The folder of nothing: a study from memory names no files.</summary>
    public static StudyFolder None { get; } = new(null, []);

    /// <summary>The folder that a study's file stands in.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="further">Further folders below which it may read.</param>
    public static StudyFolder Of(string file, params IReadOnlyList<string> further) =>
        new(Path.GetDirectoryName(Path.GetFullPath(file)), further);

    /// <summary>Reads a file whole.</summary>
    /// <param name="name">Its name as the study wrote it, seen from the study's folder.</param>
    /// <param name="mostBytes">Largest size read, bytes.</param>
    /// <exception cref="FileRefusedException">It stands outside, is missing, no regular file, too large, or unreadable.</exception>
    public InputFile Read(string name, long mostBytes)
    {
        using var stream = InputFile.OpenRegular(File(name), name, mostBytes);
        return new InputFile(name, InputFile.All(stream, name));
    }

    /// <summary>The path of a regular file below the folder, without links, to be opened as a stream.</summary>
    /// <param name="name">Its name as the study wrote it.</param>
    /// <exception cref="FileRefusedException">It stands outside, is missing or no regular file.</exception>
    public string File(string name)
    {
        var real = Find(name);
        return FileFacts.Of(real).Kind switch
        {
            FileKind.Regular => real,
            FileKind.Absent => throw InputFile.Missing(
                name,
                "Names are seen from the folder of this file."
            ),
            FileKind.Folder or FileKind.Link or FileKind.Other => throw Outside(name),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    /// <summary>The path of a file or a folder below the folder, without links.</summary>
    /// <param name="name">Its name as the study wrote it.</param>
    /// <exception cref="FileRefusedException">It stands outside, is missing, or is neither.</exception>
    public string FileOrFolder(string name)
    {
        var real = Find(name);
        return FileFacts.Of(real).Kind == FileKind.Folder ? real : File(name);
    }

    private string Find(string name)
    {
        if (_folder is null || name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            throw Outside(name);
        }
        var full = Path.GetFullPath(Path.Combine(_folder, name));
        foreach (var (given, real) in _allowed)
        {
            if (RealPath.Below(full, given))
            {
                var below = Path.GetFullPath(real + full[given.Length..]);
                return RealPath.Walk(real, below, Allowed) ?? throw Outside(name);
            }
        }
        var root = Allowed(full) ?? throw Outside(name);
        return RealPath.Walk(root, full, Allowed) ?? throw Outside(name);
    }

    private string? Allowed(string full) =>
        _allowed.Select(a => a.Real).FirstOrDefault(real => RealPath.Below(full, real));

    private static FileRefusedException Outside(string name) =>
        new(
            name,
            "outside-folder",
            "a regular file below the study's folder",
            "Put the file beside the study and name it from there."
        );
}
