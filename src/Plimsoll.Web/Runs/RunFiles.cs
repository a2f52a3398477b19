using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Reports;
using Plimsoll.Reports.Memos;
using Plimsoll.Studies;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Runs;

/// <summary>The files that a run leaves: the same bytes as the command line writes.</summary>
internal static class RunFiles
{
    /// <summary>The published result.</summary>
    public const string Result = "result.json";

    /// <summary>The report.</summary>
    public const string Report = "report.html";

    /// <summary>The committee's paper.</summary>
    public const string Memo = "memo.docx";

    /// <summary>The model of the median draw.</summary>
    public const string Sheets = "workbook.xlsx";

    /// <summary>What it was made from.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>The study as it was run.</summary>
    public const string Study = "study.yaml";

    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Type of a file by its name.</summary>
    public static string MediaType(string name) =>
        Path.GetExtension(name) switch
        {
            ".json" => "application/json",
            ".html" => "text/html; charset=utf-8",
            ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".csv" => "text/csv; charset=utf-8",
            ".yaml" => "application/yaml; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        };

    /// <summary>All files of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="text">Text of the study.</param>
    /// <param name="engine">Name and version of the program.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(
        StudyAnswer answer,
        string text,
        string engine
    )
    {
        var files = new List<(string Name, byte[] Bytes)>
        {
            (Result, Text(ResultDocument.Of(answer.Result))),
            (Report, Written(s => StudyReport.Write(answer.Result, s))),
        };
        if (answer.Result.Memo is { } memo)
        {
            files.Add((Memo, Written(s => MemoFile.Write(memo, s))));
        }
        if (answer.Median.Model.Debt.Tranches.All(t => t.PaymentEveryMonths <= 1))
        {
            files.Add(
                (
                    Sheets,
                    Written(s =>
                        Workbook.Write(
                            s,
                            $"{answer.Result.Name}, draw {answer.Median.Draw}",
                            answer.Median.Model,
                            answer.Median.Case.Outlook.Physical,
                            answer.Median.Case.Cash,
                            answer.Result.Assumptions,
                            answer.BookConventions
                        )
                    )
                )
            );
        }
        files.Add((Study, Encoding.UTF8.GetBytes(text)));
        foreach (var language in PhraseBook.Languages)
        {
            if (language != PhraseBook.English.Language)
            {
                files.AddRange(Spoken(answer.Result, PhraseBook.Of(language)));
            }
            files.Add(
                (
                    Summary(language),
                    Encoding.UTF8.GetBytes(
                        string.Join(
                            '\n',
                            StudySummary.Lines(answer.Result, PhraseBook.Of(language))
                        )
                    )
                )
            );
        }
        files.Add((Manifest, Text(ManifestOf(answer.Result, text, engine, files))));
        if (DrawFile.Of(answer.Result) is { } draws)
        {
            files.Add((DrawFile.Name, draws));
        }
        return files;
    }

    /// <summary>Result, report and memo in a language beside English.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Spoken(
        StudyResult result,
        PhraseBook book
    )
    {
        yield return (
            In(Result, book.Language),
            Text(ResultDocument.Of(SpokenResult.Of(result, book)))
        );
        yield return (In(Report, book.Language), Written(s => StudyReport.Write(result, s, book)));
        if (result.MemoIn(book) is { } memo)
        {
            yield return (In(Memo, book.Language), Written(s => MemoFile.Write(memo, s)));
        }
    }

    /// <summary>Name of a file in a language: its own in English, else <c>report.zh.html</c>.</summary>
    public static string In(string name, string language) =>
        language == PhraseBook.English.Language
            ? name
            : $"{Path.GetFileNameWithoutExtension(name)}.{language}{Path.GetExtension(name)}";

    /// <summary>True for a report in any language.</summary>
    public static bool IsReport(string name) =>
        PhraseBook.Languages.Any(l => In(Report, l) == name);

    /// <summary>Name of the answer in words of a language.</summary>
    public static string Summary(string language) => $"summary.{language}.txt";

    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonObject ManifestOf(
        StudyResult result,
        string text,
        string engine,
        IEnumerable<(string Name, byte[] Bytes)> files
    ) =>
        new()
        {
            ["kind"] = "study",
            ["name"] = result.Name,
            ["plimsoll"] = engine,
            ["dotnet"] = Environment.Version.ToString(),
            ["resultVersion"] = ResultDocument.Version,
            ["studySha256"] = StudyDocument.Hash(text),
            ["catalogSha256"] = FactCatalog.Shipped().Hash,
            ["seed"] = result.Seed,
            ["draws"] = result.Draws,
            ["vintage"] = result.Market,
            ["decided"] = result.Decided.ToString(),
            ["outputs"] = Hashes(files),
        };

    /// <summary>Hash of each file by its name.</summary>
    public static JsonObject Hashes(IEnumerable<(string Name, byte[] Bytes)> files) =>
        new(files.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)Hash(f.Bytes))));

    /// <summary>A document as the command line writes it.</summary>
    public static byte[] Text(JsonNode document) =>
        Encoding.UTF8.GetBytes(document.ToJsonString(_options).ReplaceLineEndings("\n") + "\n");

    /// <summary>What is written to a stream.</summary>
    public static byte[] Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
