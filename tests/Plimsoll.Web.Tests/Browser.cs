using Microsoft.Playwright;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Debian's chromium, driven by Playwright; nothing is downloaded. It keeps what went wrong: errors on the console and requests elsewhere.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) =>
        (_playwright, _browser) = (playwright, browser);

    public List<string> Errors { get; } = [];

    public static async Task<Browser> Start()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(p =>
                new[] { "chromium", "chromium-browser", "google-chrome" }.Select(n =>
                    Path.Combine(p, n)
                )
            )
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.False(
                Environment.GetEnvironmentVariable("CI") == "true",
                "Chromium is not installed."
            );
            Assert.Skip("Chromium is not installed (apt-get install chromium).");
        }
        var playwright = await Playwright.CreateAsync();
        return new Browser(
            playwright,
            await playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] }
            )
        );
    }

    /// <summary>A person with a browser of their own.</summary>
    public async Task<IPage> Person(
        Uri at,
        int width = 1440,
        int height = 1000,
        string language = "en",
        ColorScheme light = ColorScheme.Light
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = at.ToString(),
                ViewportSize = new() { Width = width, Height = height },
                Locale = language == "zh" ? "zh-CN" : "en-GB",
                ColorScheme = light,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        page.Console += (_, m) =>
        {
            if (m.Type is "error" or "warning")
            {
                Errors.Add($"{page.Url}: {m.Text}");
            }
        };
        page.PageError += (_, e) => Errors.Add($"{page.Url}: {e}");
        page.Request += (_, r) =>
        {
            if (
                !r.Url.StartsWith(at.ToString(), StringComparison.Ordinal)
                && !r.Url.StartsWith("data:", StringComparison.Ordinal)
            )
            {
                Errors.Add($"{page.Url} asked for {r.Url}");
            }
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
