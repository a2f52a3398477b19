using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Plimsoll.Web.Tests;

/// <summary>Accounts that are disabled, locked, given passwords and signed out: what is taken away ends at the next request.</summary>
public sealed class AccountTest
{
    private const string Password = "a long enough password";

    [Fact]
    public async Task A_disabled_person_is_out_at_once_and_comes_back_when_enabled()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var leaver = await Add(admin, "leaver", "Analyst");
        using var client = await SecurityTest.SignIn(server, "leaver");
        var key = (
            await (
                await client.PostAsJsonAsync("/api/keys", new { name = "mine", days = 1 })
            ).Content.ReadFromJsonAsync<JsonNode>()
        )!["secret"]!.ToString();
        using var program = new HttpClient { BaseAddress = server.Address };
        // The name of a scheme knows no case.
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me")).StatusCode);

        var keys = await client.GetFromJsonAsync<JsonNode>("/api/keys");
        Assert.Equal("mine", Assert.Single(keys!.AsArray())!["name"]!.ToString());
        Assert.Empty((await admin.GetFromJsonAsync<JsonNode>("/api/keys"))!.AsArray());

        var disabled = await Post(admin, $"/api/people/{leaver}/disable");
        Assert.True(disabled!["disabled"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me")).StatusCode);
        using var again = new HttpClient { BaseAddress = server.Address };
        Assert.False(await SecurityTest.Try(again, "leaver", SecurityTest.OwnPassword));
        Assert.Contains(
            $"/api/people/{leaver}/enable",
            await admin.GetStringAsync("/admin"),
            StringComparison.Ordinal
        );
        // What was done before stays, and so does what was done about it.
        var acts = await Acts(admin);
        Assert.Contains(("key.give", "leaver"), acts);
        Assert.Contains(("person.disable", "admin"), acts);

        await Post(admin, $"/api/people/{leaver}/enable");
        Assert.True(await SecurityTest.Try(again, "leaver", SecurityTest.OwnPassword));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me")).StatusCode);

        // Somebody always rules, and each in their own workspace.
        var me = (await admin.GetFromJsonAsync<JsonNode>("/api/me"))!["id"]!.ToString();
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await admin.PostAsync($"/api/people/{me}/disable", null)).StatusCode
        );
        using var stranger = await SecurityTest.SignIn(server, "stranger");
        foreach (var act in new[] { "disable", "enable", "unlock" })
        {
            Assert.Equal(
                HttpStatusCode.NotFound,
                (await stranger.PostAsync($"/api/people/{leaver}/{act}", null)).StatusCode
            );
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await stranger.PostAsJsonAsync(
                    $"/api/people/{leaver}/password",
                    new { password = Password }
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task A_password_that_another_set_is_changed_before_anything_else()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var id = await Add(admin, "signer", "Approver");
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.True(await SecurityTest.Try(client, "signer", Password));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/studies")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await client.PostAsJsonAsync("/api/keys", new { name = "x", days = 1 })).StatusCode
        );
        var led = await client.GetAsync("/");
        Assert.Equal("/account", led.RequestMessage!.RequestUri!.AbsolutePath);
        foreach (
            var (old, wanted) in new[]
            {
                ("wrong", SecurityTest.OwnPassword),
                (Password, Password),
                (Password, "short"),
                (Password, "aaaaaaaaaaaa"),
            }
        )
        {
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (
                    await client.PutAsJsonAsync("/api/me/password", new { old, password = wanted })
                ).StatusCode
            );
        }
        // By the form of the page, without a script.
        var changed = await client.PostAsync(
            "/account/password",
            new FormUrlEncodedContent([
                KeyValuePair.Create(
                    "__RequestVerificationToken",
                    SecurityTest.TokenOf(await client.GetStringAsync("/account"))
                ),
                KeyValuePair.Create("old", Password),
                KeyValuePair.Create("password", SecurityTest.OwnPassword),
            ])
        );
        Assert.Equal("?changed=1", changed.RequestMessage!.RequestUri!.Query);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/studies")).StatusCode);

        var set = await admin.PostAsJsonAsync(
            $"/api/people/{id}/password",
            new { password = "one more long password" }
        );
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/me")).StatusCode);
        Assert.True(await SecurityTest.Try(client, "signer", "one more long password"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/studies")).StatusCode);
        var acts = await Acts(admin);
        Assert.Contains(("password.change", "signer"), acts);
        Assert.Contains(("person.password", "admin"), acts);
    }

    [Fact]
    public async Task A_role_and_a_session_taken_away_end_at_the_next_request()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var id = await Add(admin, "second", "Admin");
        using var second = await SecurityTest.SignIn(server, "second");
        await admin.PutAsJsonAsync($"/api/people/{id}", new { role = "Viewer" });
        var ghost = await second.PostAsJsonAsync(
            "/api/people",
            new
            {
                name = "ghost",
                password = Password,
                role = "Admin",
            }
        );
        Assert.Equal(HttpStatusCode.Unauthorized, ghost.StatusCode);

        var jar = new CookieContainer();
        using var client = await SecurityTest.SignIn(server, "second", jar);
        using var kept = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        kept.Headers.Add("Cookie", jar.GetCookieHeader(server.Address));
        var out_ = await client.PostAsync(
            "/sign-out",
            new FormUrlEncodedContent([
                KeyValuePair.Create(
                    "__RequestVerificationToken",
                    SecurityTest.TokenOf(await client.GetStringAsync("/"))
                ),
            ])
        );
        out_.EnsureSuccessStatusCode();
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = server.Address,
        };
        Assert.Equal(HttpStatusCode.Unauthorized, (await plain.SendAsync(kept)).StatusCode);
        Assert.Contains(("sign-out", "second"), await Acts(admin));
    }

    [Fact]
    public async Task A_locked_account_is_unlocked_and_tries_under_unknown_names_are_written_down()
    {
        await using var server = await SecurityTest.Team();
        using var admin = await SecurityTest.SignIn(server, "admin");
        var id = await Add(admin, "clumsy", "Viewer");
        using var client = new HttpClient { BaseAddress = server.Address };
        for (var i = 0; i < 10; i++)
        {
            Assert.False(await SecurityTest.Try(client, "clumsy", "wrong"));
        }
        Assert.False(await SecurityTest.Try(client, "clumsy", Password));
        Assert.Contains(
            $"/api/people/{id}/unlock",
            await admin.GetStringAsync("/admin"),
            StringComparison.Ordinal
        );
        await Post(admin, $"/api/people/{id}/unlock");
        Assert.True(await SecurityTest.Try(client, "clumsy", Password));
        using var nobody = new HttpClient { BaseAddress = server.Address };
        Assert.False(await SecurityTest.Try(nobody, "a password in the wrong field", "x"));
        var audit = await admin.GetStringAsync("/api/audit?pageSize=100");
        Assert.Contains("sign-in.unknown", audit, StringComparison.Ordinal);
        Assert.DoesNotContain("a password in the wrong field", audit, StringComparison.Ordinal);
        // What a role does not allow leaves a trace too.
        using var viewer = await SecurityTest.SignIn(server, "clumsy");
        await viewer.PostAsJsonAsync("/api/studies", new { like = "zhengzhou-2024" });
        Assert.Contains(("refused", "clumsy"), await Acts(admin));
    }

    [Fact]
    public async Task Behind_a_known_proxy_cookies_are_secure_and_addresses_are_those_of_people()
    {
        await using var server = await SecurityTest.Team(
            ("Workbench:KnownProxies", "127.0.0.0/8"),
            ("Workbench:AllowedHosts", "127.0.0.1, workbench.example")
        );
        using var plain = new HttpClient(
            new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }
        )
        {
            BaseAddress = server.Address,
        };
        async Task<HttpResponseMessage> Ask(HttpRequestMessage request)
        {
            request.Headers.Add("X-Forwarded-For", "10.1.2.3");
            request.Headers.Add("X-Forwarded-Proto", "https");
            return await plain.SendAsync(request);
        }
        var page = await Ask(new HttpRequestMessage(HttpMethod.Get, "/login"));
        Assert.True(page.Headers.Contains("Strict-Transport-Security"));
        var form = page.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("secure", form, StringComparison.OrdinalIgnoreCase);
        using var send = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        send.Headers.Add("Cookie", form.Split(';')[0]);
        send.Content = new FormUrlEncodedContent([
            KeyValuePair.Create(
                "__RequestVerificationToken",
                SecurityTest.TokenOf(await page.Content.ReadAsStringAsync())
            ),
            KeyValuePair.Create("name", "admin"),
            KeyValuePair.Create("password", Password),
        ]);
        var signed = await Ask(send);
        var cookie = signed
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith("plimsoll=", StringComparison.Ordinal) && c.Length > 200);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        using var admin = await SecurityTest.SignIn(server, "admin");
        Assert.Contains(
            "10.1.2.3",
            await admin.GetStringAsync("/api/audit"),
            StringComparison.Ordinal
        );

        // Another name is not answered to, and no name is believed.
        using var evil = new HttpRequestMessage(HttpMethod.Get, "/");
        evil.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await plain.SendAsync(evil)).StatusCode);
        using var led = new HttpRequestMessage(HttpMethod.Get, "/");
        led.Headers.Host = "workbench.example";
        Assert.Equal(
            "/login?back=%2F",
            (await plain.SendAsync(led)).Headers.Location!.OriginalString
        );
    }

    [Fact]
    public async Task A_proxy_that_nobody_named_is_not_believed()
    {
        await using var server = await SecurityTest.Team(("Workbench:KnownProxies", "10.9.9.9"));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "10.1.2.3");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.True(await SecurityTest.Try(client, "admin", Password));
        Assert.DoesNotContain(
            "10.1.2.3",
            await client.GetStringAsync("/api/audit"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Answers_of_the_API_are_kept_nowhere_and_an_unknown_charset_is_refused()
    {
        await using var server = await WorkbenchServer.Start(
            null,
            ("Workbench:BehindTls", "true"),
            ("Workbench:RunsAtOnce", "0")
        );
        using var client = server.Client();
        var answer = await client.GetAsync("/api/studies");
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
        foreach (var charset in new[] { "utf-7", "no-such", "\"utf-7\"" })
        {
            using var content = new StringContent("{\"text\":\"a\"}");
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation(
                "Content-Type",
                $"application/json; charset={charset}"
            );
            Assert.Equal(
                HttpStatusCode.UnsupportedMediaType,
                (await client.PostAsync("/api/check", content)).StatusCode
            );
        }
        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in new[] { "workbench.db", "runs.db" })
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    File.GetUnixFileMode(Path.Combine(server.Folder, name))
                );
            }
        }
    }

    private static async Task<string> Add(HttpClient admin, string name, string role)
    {
        var added = await admin.PostAsJsonAsync(
            "/api/people",
            new
            {
                name,
                password = Password,
                role,
            }
        );
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        return (await added.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString();
    }

    private static async Task<JsonNode?> Post(HttpClient client, string path)
    {
        var answer = await client.PostAsync(path, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonNode>();
    }

    private static async Task<List<(string Action, string By)>> Acts(HttpClient client) =>
        [
            .. (await client.GetFromJsonAsync<JsonNode>("/api/audit?pageSize=100"))!["items"]!
                .AsArray()
                .Select(e => (e!["action"]!.ToString(), e["by"]!.ToString())),
        ];

    /// <summary>Who tries somebody's password from elsewhere makes nobody but himself wait.</summary>
    [Fact]
    public async Task A_stranger_who_tries_too_often_locks_nobody_else_out()
    {
        await using var server = await SecurityTest.Team(("Workbench:KnownProxies", "127.0.0.1"));
        using var admin = await SecurityTest.SignIn(server, "admin");
        await Add(admin, "target", "Viewer");
        HttpClient From(string address)
        {
            var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            return client;
        }
        using var stranger = From("203.0.113.9");
        using var owner = From("198.51.100.7");
        for (var i = 0; i < Access.WrongTries.Most; i++)
        {
            Assert.False(await SecurityTest.Try(stranger, "target", "wrong"));
        }
        Assert.False(await SecurityTest.Try(stranger, "target", Password));
        Assert.True(await SecurityTest.Try(owner, "target", Password));
    }

    [Fact]
    public void Wrong_tries_are_forgotten_after_their_time_and_a_network_counts_as_one()
    {
        var clock = new Hand();
        var tries = new Access.WrongTries(clock);
        for (var i = 0; i < Access.WrongTries.Most; i++)
        {
            Assert.False(tries.Waits("u", IPAddress.Parse("2001:db8::1")));
            tries.Wrong("u", IPAddress.Parse($"2001:db8::{i + 1}"));
        }
        Assert.True(tries.Waits("u", IPAddress.Parse("2001:db8::ffff")));
        Assert.False(tries.Waits("u", IPAddress.Parse("2001:db9::1")));
        Assert.False(tries.Waits("v", IPAddress.Parse("2001:db8::1")));
        Assert.True(tries.AnyWaits("u"));
        clock.Now += TimeSpan.FromMinutes(6);
        Assert.False(tries.Waits("u", IPAddress.Parse("2001:db8::1")));
        tries.Wrong("u", IPAddress.Parse("2001:db8::1"));
        Assert.False(tries.Waits("u", IPAddress.Parse("2001:db8::1")));
    }

    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public async Task Keys_of_cookies_are_kept_under_a_certificate()
    {
        var folder = Directory.CreateTempSubdirectory("keys-").FullName;
        using var secret = System.Security.Cryptography.RSA.Create(2048);
        using var certificate =
            new System.Security.Cryptography.X509Certificates.CertificateRequest(
                "CN=keys",
                secret,
                System.Security.Cryptography.HashAlgorithmName.SHA256,
                System.Security.Cryptography.RSASignaturePadding.Pkcs1
            ).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var file = Path.Combine(folder, "keys.pfx");
        await File.WriteAllBytesAsync(
            file,
            certificate.Export(
                System.Security.Cryptography.X509Certificates.X509ContentType.Pfx,
                "opens"
            ),
            TestContext.Current.CancellationToken
        );
        (string, string)[] settings =
        [
            ("Workbench:KeyCertificate", file),
            ("Workbench:KeyCertificatePassword", "opens"),
        ];
        await using var server = await SecurityTest.Team(settings);
        using var admin = await SecurityTest.SignIn(server, "admin");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/me")).StatusCode);
        var keys = Directory.GetFiles(Path.Combine(server.Folder, "keys"), "*.xml");
        Assert.NotEmpty(keys);
        Assert.All(
            keys,
            k =>
            {
                var text = File.ReadAllText(k);
                Assert.Contains("EncryptedData", text, StringComparison.Ordinal);
                Assert.DoesNotContain("<value>", text, StringComparison.Ordinal);
            }
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task With_four_eyes_a_run_is_signed_by_another_than_who_asked_for_it()
    {
        await using var server = await SecurityTest.Team(("Workbench:FourEyes", "true"));
        using var admin = await SecurityTest.SignIn(server, "admin");
        var study = await WorkbenchServer.Begin(admin, WorkbenchServer.QuickStudy);
        var asked = await admin.PostAsJsonAsync(
            "/api/runs",
            new { study = study["id"]!.ToString(), draws = 30 }
        );
        var run = (await asked.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.ToString();
        await AnsweredRuns.Answer(server, run, AnsweredRuns.Result(1));
        var own = await admin.PostAsync($"/api/runs/{run}/sign", null);
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        await Add(admin, "second", "Approver");
        using var second = await SecurityTest.SignIn(server, "second");
        Assert.Equal(
            HttpStatusCode.OK,
            (await second.PostAsync($"/api/runs/{run}/sign", null)).StatusCode
        );
    }
}
