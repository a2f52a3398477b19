using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Market.VoucherDesign;
using Plimsoll.Quantities;
using Plimsoll.Reports;
using Plimsoll.Web.Documents;

namespace Plimsoll.Web.Runs;

/// <summary>The files that a run of a voucher design leaves: document and page are the bytes of the command line.</summary>
internal static class VoucherRunFiles
{
    /// <summary>The published result.</summary>
    public const string Result = "voucher.json";

    /// <summary>The market that it was tried in, as a file of its own for the command line.</summary>
    public const string Market = "market.yaml";

    /// <summary>What a list of answers calls a voucher design's, in place of a verdict's kind.</summary>
    public const string Kind = "Voucher";

    /// <summary>Name of the file that says in a language what the design comes to, one sentence a line.</summary>
    public static string WordsIn(string language) => RunFiles.In("voucher.txt", language);

    /// <summary>The advice first, then what it rests on.</summary>
    private static IEnumerable<Phrase> Sentences(VoucherResult result)
    {
        // What an hour is worth and what is assumed stand before the advice on the screen.
        var said = VoucherWords.Best(result);
        const int Grounds = 2;
        return said.Skip(Grounds).Append(VoucherWords.Empty(result)).Concat(said.Take(Grounds));
    }

    /// <summary>All files of an answer.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="text">The design and its market.</param>
    /// <param name="engine">Name and version of the program.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(
        VoucherResult result,
        string text,
        string engine
    )
    {
        var lines = VoucherWords.Lines(result);
        var files = new List<(string Name, byte[] Bytes)>
        {
            (Result, RunFiles.Text(VoucherDocument.Of(result))),
            (RunFiles.Study, Encoding.UTF8.GetBytes(VoucherText.Design(text))),
            (Market, Encoding.UTF8.GetBytes(VoucherText.Market(text))),
        };
        foreach (var book in PhraseBook.Languages.Select(PhraseBook.Of))
        {
            files.Add(
                (
                    book.Language == PhraseBook.English.Language
                        ? RunFiles.Report
                        : RunFiles.In(RunFiles.Report, book.Language),
                    Encoding.UTF8.GetBytes(PhrasePage.Html(lines, book))
                )
            );
            files.Add(
                (
                    WordsIn(book.Language),
                    Encoding.UTF8.GetBytes(string.Join('\n', Sentences(result).Select(book.Say)))
                )
            );
        }
        files.Add(
            (
                RunFiles.Manifest,
                RunFiles.Text(
                    new JsonObject
                    {
                        ["kind"] = VoucherText.Kind,
                        ["name"] = result.File.Name,
                        ["plimsoll"] = engine,
                        ["dotnet"] = Environment.Version.ToString(),
                        ["fileSha256"] = StudyDocument.Hash(text),
                        ["catalogSha256"] = FactCatalog.Shipped().Hash,
                        ["seed"] = result.File.Market.Seed,
                        ["draws"] = result.File.Market.Draws,
                        ["outputs"] = RunFiles.Hashes(files),
                    }
                )
            )
        );
        return files;
    }
}
