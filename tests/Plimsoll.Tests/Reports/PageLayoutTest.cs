using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Plimsoll.Decisions;
using Plimsoll.Reports;
using Xunit;

namespace Plimsoll.Tests.Reports;

/// <summary>The pages in headless Chromium at desktop and phone width: nothing sticks out, no words of a chart meet or are cut.</summary>
public sealed partial class PageLayoutTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-pages-").FullName;

    private static readonly string? _chromium = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder =>
            new[] { "chromium", "chromium-browser", "google-chrome" }.Select(n =>
                Path.Combine(folder, n)
            )
        )
        .FirstOrDefault(File.Exists);

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Nothing_overlaps_sticks_out_or_is_cut_at_desktop_and_phone_width()
    {
        Assert.SkipWhen(_chromium is null, "Chromium is not installed");
        var frames = "";
        foreach (
            var (question, kind) in new[]
            {
                ("sponsor", VerdictKind.DoNotBuild),
                ("lender", VerdictKind.LendLess),
                ("owner", VerdictKind.ConvertToInference),
            }
        )
        {
            File.WriteAllText(
                Path.Combine(_folder, question + ".html"),
                StudyReport.Html(SampleResult.Of(question, kind))
            );
            foreach (var width in new[] { 1280, 390 })
            {
                frames +=
                    $"<iframe name=\"{question} at {width}\" src=\"{question}.html\" style=\"border:0;width:{width}px;height:2000px\"></iframe>\n";
            }
        }
        var page = Path.Combine(_folder, "all.html");
        File.WriteAllText(
            page,
            $"<html><body>{frames}<pre id=\"found\">not measured</pre><script>{Measure}</script></body></html>"
        );
        var dom = Run(page);
        var found = WebUtility.HtmlDecode(Found().Match(dom).Groups["text"].Value).Trim();
        Assert.True(found == "6 pages, nothing found", found);
    }

    private const string Measure = """
        addEventListener('load', () => {
          const found = [];
          let pages = 0;
          for (const frame of document.querySelectorAll('iframe')) {
            const view = frame.contentWindow, page = frame.contentDocument, at = frame.name;
            pages++;
            if (page.querySelectorAll('svg text').length < 50) { found.push(at + ': too few words in charts'); }
            for (const d of page.querySelectorAll('details')) { d.open = true; }
            if (page.documentElement.scrollWidth > view.innerWidth + 1) {
              found.push(at + ': page is ' + page.documentElement.scrollWidth + ' wide');
            }
            for (const svg of page.querySelectorAll('svg')) {
              const box = svg.getBoundingClientRect();
              const words = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
              for (const [text, r] of words) {
                if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) {
                  found.push(at + ': cut: ' + text);
                }
                if (r.height < 11) { found.push(at + ': too small: ' + text); }
              }
              for (let i = 0; i < words.length; i++) {
                for (let k = 0; k < i; k++) {
                  const [a, b] = [words[i][1], words[k][1]];
                  const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                  const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                  if (w > 1 && h > 4) { found.push(at + ': meet: ' + words[i][0] + ' | ' + words[k][0]); }
                }
              }
            }
            for (const cell of page.querySelectorAll('td, tbody th, .card, figcaption, p, li')) {
              const scroll = cell.closest('.scroll');
              const edge = scroll ? Infinity : view.innerWidth + 1;
              if (cell.getBoundingClientRect().right > edge || cell.scrollWidth > cell.clientWidth + 2 && cell.clientWidth > 0) {
                found.push(at + ': sticks out: ' + cell.textContent.trim().slice(0, 60));
              }
            }
          }
          document.getElementById('found').textContent = pages + ' pages, ' + (found.length ? found.length + ' found:\n' + found.slice(0, 40).join('\n') : 'nothing found');
        });
        """;

    private string Run(string page)
    {
        var start = new ProcessStartInfo(_chromium!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in new[]
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--allow-file-access-from-files",
                $"--user-data-dir={_folder}/profile",
                "--virtual-time-budget=20000",
                "--window-size=1400,2200",
                "--dump-dom",
                page,
            }
        )
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(15)))
        {
            process.Kill(true);
            throw new TimeoutException("Chromium did not end in fifteen minutes.");
        }
        _ = error.Result;
        return output.Result;
    }

    [GeneratedRegex("<pre id=\"found\">(?<text>.*?)</pre>", RegexOptions.Singleline, 1000)]
    private static partial Regex Found();
}
