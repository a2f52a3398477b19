using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>A person walks through the workbench in a browser.</summary>
public sealed class WalkTest
{
    private static readonly string? _shots = Environment.GetEnvironmentVariable("PLIMSOLL_SHOTS");

    [Fact]
    public async Task From_the_first_start_to_the_memo()
    {
        // Beside other suites on two cores its pages do not come to rest within a minute.
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PLIMSOLL_WALK") == "1",
            "the whole walk is run by itself, with PLIMSOLL_WALK=1"
        );
        await using var server = await SecurityTest.Team();
        await using var browser = await Browser.Start();
        var page = await browser.Person(server.Address);
        await SignIn(page, "admin");
        await Clean(page);

        // First start -> shipped study.
        await page.Locator(".card", new() { HasText = "1,024 H800, March 2024" })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await page.WaitForURLAsync("**/studies/*");
        var study = page.Url;
        await Clean(page);

        // Form and text are two views of one document, both editable; findings stand at their field while typing.
        await page.Locator("[data-path='horizon']").FillAsync("4800");
        await Assertions.Expect(page.Locator(".finding[data-for='horizon']")).Not.ToBeEmptyAsync();
        await Assertions.Expect(page.Locator("[data-run]")).ToBeDisabledAsync();
        await page.Locator("[data-path='horizon']").FillAsync("90");
        await Assertions.Expect(page.Locator(".finding[data-for='horizon']")).ToBeEmptyAsync();
        await page.Locator("#tab-text").ClickAsync();
        await Assertions
            .Expect(page.Locator("[data-text]"))
            .ToHaveValueAsync(
                new System.Text.RegularExpressions.Regex(
                    "horizon: 90\n",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromMinutes(1)
                )
            );
        var lines = (await page.Locator("[data-text]").InputValueAsync()).Split('\n');
        await page.FrameLocator("iframe.editor-frame").Locator(".view-lines").ClickAsync();
        await page.Keyboard.PressAsync("Control+Home");
        for (var line = 0; line < Array.IndexOf(lines, "seed: 1"); line++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Backspace");
        await page.Keyboard.TypeAsync("2");
        await Assertions
            .Expect(page.Locator("[data-text]"))
            .ToHaveValueAsync(
                new System.Text.RegularExpressions.Regex(
                    "seed: 2\n",
                    System.Text.RegularExpressions.RegexOptions.None,
                    TimeSpan.FromMinutes(1)
                )
            );
        await Clean(page);
        await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Saved");
        await page.Locator("#tab-form").ClickAsync();
        await Assertions.Expect(page.Locator("[data-path='seed']")).ToHaveValueAsync("2");

        // A run; then the loan live.
        await page.Locator("[name='draws']").FillAsync("60");
        await page.Locator("[data-run]").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions
            .Expect(page.Locator(".headline"))
            .ToBeVisibleAsync(new() { Timeout = 900_000 });
        var first = page.Url;
        await Clean(page);
        await page.Locator("button.figure").First.ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open] .explanation")).ToBeVisibleAsync();
        await Clean(page);
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync(first + "/terms");
        await Assertions
            .Expect(page.Locator("[data-figure-row='equityNpv.p50'] [data-base]"))
            .Not.ToBeEmptyAsync(new() { Timeout = 600_000 });
        var before = await page.Locator("[data-figure-row='equityNpv.p50'] [data-value]")
            .TextContentAsync();
        await page.Locator("[name='finance.gearing']").FocusAsync();
        for (var i = 0; i < 30; i++)
        {
            await page.Keyboard.PressAsync("ArrowLeft");
        }
        await Assertions
            .Expect(page.Locator("[data-figure-row='equityNpv.p50'] [data-value]"))
            .Not.ToHaveTextAsync(before!);
        await Clean(page);

        // The site as a job: cancelled, then run.
        await page.GotoAsync(study);
        await page.Locator("[data-path='site.name']").FillAsync("Ulanqab");
        await page.Locator("[data-path='site.name']").BlurAsync();
        await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Saved");
        await page.Locator("[name='draws']").FillAsync("3000");
        await page.Locator("[data-run]").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions.Expect(page.Locator(".last")).ToBeVisibleAsync();
        await Clean(page);
        await page.Locator("[data-cancel]").ClickAsync();
        await Assertions.Expect(page.Locator(".banner.bad")).ToContainTextAsync("Stopped");
        await Clean(page);
        await page.GotoAsync(study);
        await page.Locator("[name='draws']").FillAsync("60");
        await page.Locator("[data-run]").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions
            .Expect(page.Locator(".headline"))
            .ToBeVisibleAsync(new() { Timeout = 900_000 });
        var second = page.Url;

        // A portfolio, in its form and as text, by the same ledger.
        var portfolio = await page.EvaluateAsync<string>(
            "async text => (await (await fetch('/api/studies', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text }) })).json()).id",
            PortfolioTest.Small
        );
        await page.GotoAsync("/studies/" + portfolio);
        await Assertions
            .Expect(page.Locator("[data-path='centres[1].name']"))
            .ToHaveValueAsync("b");
        await Clean(page);
        await page.Locator("#tab-text").ClickAsync();
        await Assertions.Expect(page.Locator("iframe.editor-frame")).ToBeVisibleAsync();
        await Clean(page);
        await page.Locator("[name='draws']").FillAsync("30");
        await page.Locator("[data-run]").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions
            .Expect(page.Locator(".headline"))
            .ToBeVisibleAsync(new() { Timeout = 900_000 });
        var plan = page.Url;
        await Clean(page);

        // Compare, then the memo.
        await page.GotoAsync("/compare");
        foreach (var run in new[] { first, second })
        {
            await page.Locator($"[value='{run.Split('/')[^1]}']").CheckAsync();
        }
        await page.Locator(".choose button").ClickAsync();
        await Assertions
            .Expect(page.Locator("th code", new() { HasText = "site.name" }))
            .ToBeVisibleAsync(new() { Timeout = 600_000 });
        var compared = page.Url;
        await Clean(page);
        await page.GotoAsync(second);
        var memo = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("a[href$='memo.docx']").ClickAsync()
        );
        Assert.Equal("memo.docx", memo.SuggestedFilename);
        foreach (
            var path in new[]
            {
                "/",
                "/map",
                "/market",
                "/catalogue?kind=accelerators&name=H800%20SXM5",
                "/audit",
                "/admin",
                second + "/sensitivity",
            }
        )
        {
            await page.GotoAsync(path);
            await Clean(page);
        }

        // A second user in another workspace sees nothing of it.
        var other = await browser.Person(server.Address);
        await SignIn(other, "stranger");
        await Assertions.Expect(other.Locator(".empty")).ToBeVisibleAsync();
        var errors = browser.Errors.Count;
        foreach (var path in new[] { study, first, second })
        {
            Assert.Equal(404, (await other.GotoAsync(path))!.Status);
        }
        // Chromium itself writes the 404s of this person to the console.
        browser.Errors.RemoveRange(errors, browser.Errors.Count - errors);
        await Shots(browser, server, page, study, second, plan, compared);
        // And those of the page that is not there, whose picture is taken too.
        browser.Errors.RemoveAll(e =>
            e.Contains(Nowhere + ": Failed to load resource", StringComparison.Ordinal)
        );
        Assert.True(browser.Errors.Count == 0, string.Join('\n', browser.Errors));
    }

    private const string Nowhere = "/no-such-page";

    [Fact]
    public async Task An_edit_outlives_a_server_that_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("workbench-").FullName;
        var port = WorkbenchServer.FreePort();
        await using var browser = await Browser.Start();
        IPage page;
        await using (var server = await ServerProcess.Start(folder, port))
        {
            page = await browser.Person(server.Client.BaseAddress!);
            await page.GotoAsync("/");
            await page.Locator(".card button").First.ClickAsync();
            await page.WaitForURLAsync("**/studies/*");
            await page.Locator("[data-path='finance.margin']").FillAsync("0.051");
            await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Saved");
            server.Kill();
        }
        // Its connections are broken: the person writes on.
        await page.Locator("[data-path='finance.tenor']").FillAsync("66");
        await Assertions.Expect(page.Locator("[data-status]")).ToHaveClassAsync(Away());
        await page.Locator("[data-path='finance.grace']").FillAsync("7");
        await using (var again = await ServerProcess.Start(folder, port))
        {
            await Assertions
                .Expect(page.Locator("[data-status]"))
                .ToHaveTextAsync("Saved", new() { Timeout = 60_000 });
            var text = await again.Client.GetStringAsync(
                $"/api/studies/{page.Url.Split('/')[^1]}/text"
            );
            Assert.Contains("0.051", text, StringComparison.Ordinal);
            Assert.Contains("66", text, StringComparison.Ordinal);
            Assert.Contains("grace: 7", text, StringComparison.Ordinal);
            // A page loaded anew shows the same.
            await page.ReloadAsync();
            await Assertions
                .Expect(page.Locator("[data-path='finance.tenor']"))
                .ToHaveValueAsync("66");
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The worst moment: the server has the change, and its answer is lost. What was typed since is kept, and nothing is done twice.</summary>
    [Fact]
    public async Task A_line_cut_before_the_answer_loses_nothing_and_does_nothing_twice()
    {
        await using var server = await WorkbenchServer.Start();
        await using var line = new BrokenLine(server.Address);
        using var client = server.Client();
        await using var browser = await Browser.Start();
        // So narrow that the text stands in the plain view.
        var page = await browser.Person(line.Address, 600);
        await page.GotoAsync("/");
        await page.Locator(".card", new() { HasText = "1,024 H800, March 2024" })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await page.WaitForURLAsync("**/studies/*");
        var study = $"/api/studies/{page.Url.Split('/')[^1]}/text";
        var status = page.Locator("[data-status]");
        async Task Cut(Func<Task> change)
        {
            line.Cut = true;
            await change();
            await Assertions.Expect(status).ToHaveClassAsync(Away());
        }
        async Task<string> Back()
        {
            line.Cut = false;
            await Assertions.Expect(status).ToHaveTextAsync("Saved", new() { Timeout = 60_000 });
            await Assertions.Expect(page.Locator("#toast")).ToBeEmptyAsync();
            return await client.GetStringAsync(study);
        }

        await page.Locator("details[data-section='signed'] > summary").ClickAsync();
        await Cut(() => page.Locator("[data-add='signed']").ClickAsync());
        await Back();
        await Assertions
            .Expect(page.Locator("[data-path$='.tenant'][data-path^='signed[']"))
            .ToHaveCountAsync(1);
        await page.Locator("[data-path='signed[0].tenant']").FillAsync("one");
        await Assertions.Expect(status).ToHaveTextAsync("Saved");
        await page.Locator("[data-path='horizon']").FillAsync("90");
        await Assertions.Expect(status).ToHaveTextAsync("Saved");
        await Cut(() => page.Locator("[data-undo]").ClickAsync());
        var undone = await Back();
        Assert.Contains("horizon: 84", undone, StringComparison.Ordinal);
        Assert.Contains("tenant: one", undone, StringComparison.Ordinal);

        await page.Locator("#tab-text").ClickAsync();
        var text = page.Locator("[data-text]");
        await Cut(() => text.FillAsync(undone + "# first\n"));
        await text.FillAsync(undone + "# first\n# second\n");
        // A typist is waited for before what they wrote is sent.
        await Task.Delay(1000);
        Assert.Equal(undone + "# first\n# second\n", await Back());
    }

    private static System.Text.RegularExpressions.Regex Away() =>
        new("away", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_study_made_by_clicking_alone_gives_the_bytes_of_the_command_line()
    {
        await using var server = await WorkbenchServer.Start();
        await using var browser = await Browser.Start();
        var page = await browser.Person(server.Address);
        await page.GotoAsync("/");
        await page.Locator(".card", new() { HasText = "1,024 H800, March 2024" })
            .GetByRole(AriaRole.Button)
            .ClickAsync();
        await page.WaitForURLAsync("**/studies/*");
        await page.Locator("details[data-section='signed'] > summary").ClickAsync();
        await page.Locator("[data-add='signed']").ClickAsync();
        await page.Locator("[data-path='signed[0].tenant']").FillAsync("Tenant: one");
        await page.Locator("[data-path='signed[0].servers']").FillAsync("10");
        await page.Locator("[data-path='signed[0].price_per_gpu_hour']").FillAsync("2.5");
        await page.Locator("[data-path='signed[0].tenor']").FillAsync("24");
        await page.Locator("[data-path='signed[0].tenor']").BlurAsync();
        await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Saved");
        await Assertions.Expect(page.Locator("[data-findings] .sound")).ToBeVisibleAsync();
        await page.Locator("[data-remove='signed[0]']").ClickAsync();
        await Assertions.Expect(page.Locator("[data-path='signed[0].tenant']")).ToHaveCountAsync(0);
        await page.Locator("[data-undo]").ClickAsync();
        await Assertions
            .Expect(page.Locator("[data-path='signed[0].tenant']"))
            .ToHaveValueAsync("Tenant: one");
        await Assertions.Expect(page.Locator("[data-status]")).ToHaveTextAsync("Saved");

        // Run and exported by clicking, and run again by the command line.
        var study = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator(".toolbar a[download]").ClickAsync()
        );
        await page.Locator("[name='draws']").FillAsync("60");
        await page.Locator("[data-run]").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Assertions
            .Expect(page.Locator(".headline"))
            .ToBeVisibleAsync(new() { Timeout = 900_000 });
        var result = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("a[href$='result.json']").ClickAsync()
        );
        var folder = Directory.CreateTempSubdirectory("cli-").FullName;
        var file = Path.Combine(folder, "study.yaml");
        await study.SaveAsAsync(file);
        await result.SaveAsAsync(Path.Combine(folder, "result.json"));
        Assert.Contains(
            "Tenant: one",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        var output = Path.Combine(folder, "out");
        using var cli = System.Diagnostics.Process.Start(
            Path.Combine(AppContext.BaseDirectory, "Plimsoll.Cli"),
            ["study", "run", file, "--draws", "60", "--out", output]
        );
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, cli.ExitCode);
        Assert.Equal(
            await File.ReadAllBytesAsync(
                Path.Combine(output, "result.json"),
                TestContext.Current.CancellationToken
            ),
            await File.ReadAllBytesAsync(
                Path.Combine(folder, "result.json"),
                TestContext.Current.CancellationToken
            )
        );
        Directory.Delete(folder, recursive: true);
        Assert.True(browser.Errors.Count == 0, string.Join('\n', browser.Errors));
    }

    private static async Task SignIn(IPage page, string name)
    {
        await page.GotoAsync("/");
        await page.Locator("[name='name']").FillAsync(name);
        await page.Locator("[name='password']").FillAsync("a long enough password");
        await page.Locator(".login button").ClickAsync();
        await Assertions.Expect(page.Locator("nav.main")).ToBeVisibleAsync();
    }

    /// <summary>No serious finding of axe on the page as it is now.</summary>
    private static async Task Clean(IPage page)
    {
        var found = await page.RunAxe();
        var serious = found
            .Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Select(n => $"{page.Url}: {v.Id}: {n.Html}"))
            .ToList();
        Assert.True(serious.Count == 0, string.Join('\n', serious));
    }

    /// <summary>Pictures to be looked at, where a folder is named for them.</summary>
    private static async Task Shots(
        Browser browser,
        WorkbenchServer server,
        IPage signed,
        string study,
        string run,
        string plan,
        string compared
    )
    {
        if (string.IsNullOrEmpty(_shots))
        {
            return;
        }
        var lender = await Ran(signed, "contracted-us-2025");
        var owner = await Ran(signed, "zhengzhou-2025");
        Directory.CreateDirectory(_shots);
        var tooWide = new List<string>();
        var cookies = await signed.Context.CookiesAsync();
        foreach (var (width, height) in new[] { (1440, 1000), (820, 1100), (390, 800) })
        {
            foreach (var language in new[] { "en", "zh" })
            {
                foreach (var light in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    var page = await browser.Person(server.Address, width, height, language, light);
                    await page.Context.AddCookiesAsync(
                        cookies.Select(c => new Cookie
                        {
                            Name = c.Name,
                            Value = c.Value,
                            Domain = c.Domain,
                            Path = c.Path,
                        })
                    );
                    foreach (
                        var (name, path) in new[]
                        {
                            ("home", "/"),
                            ("study", study),
                            ("answer", run),
                            ("lender", lender),
                            ("owner", owner),
                            ("figure", lender),
                            ("compared", compared),
                            ("missing", Nowhere),
                            ("portfolio", plan),
                            ("terms", run + "/terms"),
                            ("sensitivity", run + "/sensitivity"),
                            ("compare", "/compare"),
                            ("map", "/map"),
                            ("market", "/market"),
                            ("catalogue", "/catalogue?kind=accelerators&name=H800%20SXM5"),
                            ("audit", "/audit"),
                        }
                    )
                    {
                        await page.GotoAsync(path);
                        if (name == "terms")
                        {
                            await Assertions
                                .Expect(
                                    page.Locator("[data-figure-row='equityNpv.p50'] [data-base]")
                                )
                                .Not.ToBeEmptyAsync(new() { Timeout = 600_000 });
                        }
                        if (name == "figure")
                        {
                            await page.Locator("button.figure").First.ClickAsync();
                            await Assertions
                                .Expect(page.Locator("dialog[open] .explanation"))
                                .ToBeVisibleAsync();
                        }
                        await page.ScreenshotAsync(
                            new()
                            {
                                Path = Path.Combine(
                                    _shots,
                                    $"{name}-{width}-{language}-{light.ToString().ToLowerInvariant()}.png"
                                ),
                                FullPage = name is not ("study" or "audit" or "figure"),
                            }
                        );
                        var wide = await page.EvaluateAsync<string>(TooWide);
                        if (wide.Length > 0)
                        {
                            tooWide.Add($"{name}, {width} px, {language}: {wide}");
                        }
                    }
                    await page.Context.CloseAsync();
                }
            }
        }
        Assert.True(tooWide.Count == 0, string.Join('\n', tooWide));
    }

    /// <summary>A shipped study, run on few draws by who is signed in; its page.</summary>
    private static async Task<string> Ran(IPage page, string shipped)
    {
        var id = await page.EvaluateAsync<string>(
            """
            async (text) => {
              const post = async (to, what) => (await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what) })).json();
              const study = await post("/api/studies", { text });
              return (await post("/api/runs", { study: study.id, draws: 60 })).id;
            }
            """,
            Documents.ShippedStudies.Text(shipped)
        );
        await page.GotoAsync($"/runs/{id}");
        await Assertions
            .Expect(page.Locator(".headline"))
            .ToBeVisibleAsync(new() { Timeout = 1_800_000 });
        return page.Url;
    }

    // What sticks out of a page that is wider than its window.
    private const string TooWide = """
        (() => {
          if (document.documentElement.scrollWidth <= innerWidth + 1) return "";
          const out = [...document.querySelectorAll("body *")].filter((e) => {
            for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return false;
            return e.getBoundingClientRect().right > innerWidth + 1;
          });
          return document.documentElement.scrollWidth + " wide; " + out.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(" | ");
        })()
        """;
}
