using System.Formats.Tar;
using System.Globalization;
using System.Text.Json;
using Plimsoll.Files;
using Plimsoll.Inputs;

namespace Plimsoll.Workloads.Mixtures;

/// <summary>Reads client mixtures in the layout of ServeGen (Xiang et al. 2025, Apache-2.0): for each client <c>chunk-N-trace.csv</c> and <c>chunk-N-dataset.json</c>.</summary>
/// <remarks>
/// A row of a trace is a window: start, rate, CV, family and two parameters of its gaps, of which the first is the shape; the mean gap is taken from the rate. Rates are counts
/// over the window. A data set holds histograms of lengths for each quarter of the day; a multimodal prompt is its text and so many images, clips and frames, each of a drawn length.
/// </remarks>
public static class ServeGenFiles
{
    /// <summary>Reads a mixture from a folder or a tar.gz archive.</summary>
    /// <param name="path">Folder or archive.</param>
    /// <param name="name">Its name for messages; the path when left out.</param>
    /// <param name="service">Name of the service's folder inside, such as <c>deepseek-r1</c>; empty when there is only one.</param>
    /// <exception cref="InvalidDataException">A file is broken, a client lacks one of its two files, or the service is not found.</exception>
    /// <exception cref="FileRefusedException">The archive is missing, no regular file, or too large.</exception>
    public static ClientMixture Read(string path, string service = "", string? name = null)
    {
        var files = Directory.Exists(path) ? FromFolder(path) : FromArchive(path);
        path = name ?? path;
        var services = files
            .Where(f => f.Name.EndsWith("-trace.csv", StringComparison.Ordinal))
            .GroupBy(f => FolderOf(f.Name))
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var match = service.Length == 0 && services.Count == 1 ? services.Keys.First() : service;
        if (!services.TryGetValue(match, out var traces))
        {
            throw new InvalidDataException(
                $"{path}: found the services {string.Join(", ", services.Keys.Order(StringComparer.Ordinal))}; expected {(service.Length == 0 ? "one only, or its name" : $"'{service}'")}."
            );
        }
        var byName = files
            .Where(f => FolderOf(f.Name) == match)
            .ToDictionary(f => Path.GetFileName(f.Name), f => f.Text, StringComparer.Ordinal);
        var clients = traces
            .Select(f => Path.GetFileName(f.Name)[..^"-trace.csv".Length])
            .OrderBy(Number)
            .Select(client => Client(path, client, byName))
            .Where(c => c.Windows.Any(w => w.RequestsPerSecond > 0));
        return new ClientMixture([.. clients]);
    }

    private static MixtureClient Client(string path, string name, Dictionary<string, string> files)
    {
        var windows = Windows($"{path}:{name}-trace.csv", files[$"{name}-trace.csv"]);
        if (!files.TryGetValue($"{name}-dataset.json", out var text))
        {
            throw new InvalidDataException(
                $"{path}: found {name}-trace.csv alone; expected {name}-dataset.json beside it."
            );
        }
        var lengths = windows.Any(w => w.RequestsPerSecond > 0)
            ? Lengths($"{path}:{name}-dataset.json", text)
            : [new LengthWindow(0, TokenLengths.Fixed(1), TokenLengths.Fixed(1))];
        return new MixtureClient(
            name.Replace("chunk-", "client ", StringComparison.Ordinal),
            windows,
            lengths
        );
    }

    private static ArrivalWindow[] Windows(string at, string text)
    {
        var windows = new List<ArrivalWindow>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }
            var cells = line.Trim().Split(',');
            if (
                cells.Length != 6
                || !TryNumber(cells[0], out var start)
                || !TryNumber(cells[1], out var rate)
                || !TryNumber(cells[4], out var shape)
                || rate < 0
                || (rate > 0 && shape <= 0)
            )
            {
                throw new InvalidDataException(
                    $"{at}:{number}: found no such row; expected start, rate, CV, family, shape, scale."
                );
            }
            var family = cells[3] switch
            {
                "Gamma" => GapFamily.Gamma,
                "Weibull" => GapFamily.Weibull,
                "" when rate == 0 => GapFamily.Gamma,
                _ => throw new InvalidDataException(
                    $"{at}:{number}: found family '{InputText.Cut(cells[3])}'; expected Gamma or Weibull."
                ),
            };
            windows.Add(new ArrivalWindow(start, rate, family, rate == 0 ? 1 : shape));
        }
        return [.. windows];
    }

    private static LengthWindow[] Lengths(string at, string text)
    {
        using var json = Parsed(at, text);
        var windows = new List<LengthWindow>();
        foreach (var part in json.RootElement.EnumerateObject())
        {
            if (!TryNumber(part.Name, out var start))
            {
                throw new InvalidDataException(
                    $"{at}:1: found key '{InputText.Cut(part.Name)}'; expected seconds of the day."
                );
            }
            if (Window(at, start, part.Value) is { } window)
            {
                windows.Add(window);
            }
        }
        if (windows.Count == 0)
        {
            throw new InvalidDataException($"{at}:1: found no histogram; expected lengths.");
        }
        windows.Sort((a, b) => a.StartSeconds.CompareTo(b.StartSeconds));
        // A quarter of the day without data borrows the lengths of the one after it.
        windows[0] = windows[0] with
        {
            StartSeconds = 0,
        };
        return [.. windows];
    }

    /// <summary>The document, whose parts are objects by the second of the day.</summary>
    private static JsonDocument Parsed(string at, string text)
    {
        const string Expected =
            "expected an object of histograms by the second of the day, as ServeGen writes it.";
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(text);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{at}:{(e.LineNumber ?? 0) + 1}: found JSON that cannot be read; {Expected}",
                e
            );
        }
        var root = json.RootElement;
        return
            root.ValueKind == JsonValueKind.Object
            && root.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Object)
            ? json
            : throw new InvalidDataException($"{at}:1: found JSON of another kind; {Expected}");
    }

    private static LengthWindow? Window(string at, double start, JsonElement part)
    {
        if (Histogram(at, part, "output_tokens") is not { } output)
        {
            return null;
        }
        if (Histogram(at, part, "input_tokens") is { } plain)
        {
            return new LengthWindow(start, plain.ToLengths(), output.ToLengths());
        }
        if (Histogram(at, part, "text_tokens") is not { } input)
        {
            return null;
        }
        foreach (var kind in (string[])["image", "audio", "video"])
        {
            if (
                Histogram(at, part, $"{kind}_count") is { } count
                && Histogram(at, part, $"{kind}_tokens") is { } each
            )
            {
                input = input.Plus(each.Times(count));
            }
        }
        return new LengthWindow(start, input.ToLengths(), output.ToLengths());
    }

    private static TokenHistogram? Histogram(string at, JsonElement part, string key)
    {
        if (!part.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }
        return TokenHistogram.Parse(value.GetString()!, $"{at}:1: {key}");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    private static int Number(string name) =>
        int.TryParse(name["chunk-".Length..], CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static string FolderOf(string name) =>
        Path.GetFileName(Path.GetDirectoryName(name) ?? "");

    private static List<(string Name, string Text)> FromFolder(string path)
    {
        // Links are not followed: they may lead out of the folder.
        var inside = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var files = new List<(string, string)>();
        var left = FileBounds.Mixture;
        foreach (
            var name in Directory
                .EnumerateFiles(path, "chunk-*", inside)
                .Take(FileBounds.MixtureFiles + 1)
                .Order(StringComparer.Ordinal)
        )
        {
            var file = InputFile.Read(name, left);
            left -= file.Bytes.Length;
            Take(files, Path.GetRelativePath(path, name), file.Text());
        }
        return files;
    }

    private static void Take(List<(string, string)> files, string name, string text)
    {
        if (files.Count == FileBounds.MixtureFiles)
        {
            throw new InvalidDataException(
                $"found more than {FileBounds.MixtureFiles} files; expected the two of each client."
            );
        }
        files.Add((name, text));
    }

    private static List<(string Name, string Text)> FromArchive(string path)
    {
        using var file = InputFile.Open(path, FileBounds.Mixture);
        using var gzip = WholeGzip.Of(file, Path.GetFileName(path));
        using var tar = new TarReader(gzip);
        var files = new List<(string, string)>();
        var left = FileBounds.Mixture;
        while (tar.GetNextEntry() is { } entry)
        {
            if (
                entry.DataStream is null
                || !entry.Name.Contains("chunk-", StringComparison.Ordinal)
            )
            {
                continue;
            }
            // An entry says its length before its content: a bomb is refused before it is unpacked.
            left -= entry.Length;
            if (left < 0)
            {
                throw new InvalidDataException(
                    $"found more than {FileBounds.Words(FileBounds.Mixture)} unpacked; expected a mixture of clients."
                );
            }
            using var reader = new StreamReader(entry.DataStream);
            Take(files, entry.Name, reader.ReadToEnd());
        }
        return files;
    }
}
