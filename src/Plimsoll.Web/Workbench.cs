using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Jobs;
using Plimsoll.Web.Access;
using Plimsoll.Web.Api;
using Plimsoll.Web.Documents;
using Plimsoll.Web.Live;
using Plimsoll.Web.Mcp;
using Plimsoll.Web.Pages;
using Plimsoll.Web.Runs;
using Plimsoll.Web.Store;

namespace Plimsoll.Web;

/// <summary>Puts the workbench together: one program for one person and for a team.</summary>
internal static class Workbench
{
    /// <summary>The program, ready to be run.</summary>
    /// <param name="args">Command line; settings as <c>--Workbench:Accounts=true</c>.</param>
    /// <param name="change">Changes for tests; null for none.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(Workbench).Assembly.GetName().Name,
            }
        );
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        change?.Invoke(builder);
        var settings = SettingRules.Read(builder.Configuration);
        if (
            !settings.Accounts
            && string.IsNullOrEmpty(builder.Configuration["urls"])
            && string.IsNullOrEmpty(builder.Configuration["Kestrel:Endpoints:Http:Url"])
        )
        {
            builder.WebHost.UseUrls("http://127.0.0.1:5080");
        }
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Limits.MaxRequestBodySize = (2L * settings.MostStudyBytes) + 65_536;
            k.AddServerHeader = false;
        });
        Services(builder, settings);
        var app = builder.Build();
        Pipeline(app, settings);
        return app;
    }

    /// <summary>Brings the database up to date, makes the first administrator, and warms what the first page needs.</summary>
    public static async Task Prepare(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WorkbenchStore>().Database.MigrateAsync();
        await app.Services.GetRequiredService<IRunLedger>().Prepare();
        var settings = app.Services.GetRequiredService<WorkbenchSettings>();
        if (settings.Accounts)
        {
            await Members.First(scope.ServiceProvider, settings);
        }
        _ = FactCatalog.Shipped();
    }

    private static void Services(WebApplicationBuilder builder, WorkbenchSettings settings)
    {
        var services = builder.Services;
        Core(services, settings);
        People(services, settings);
        services.AddScoped<AccountApi.Desk>();
        services.AddScoped<OwnPassword>();
        services.AddSingleton<NobodysPassword>();
        services.AddSingleton<WrongTries>();
        services.AddSingleton<Charts.BaseMap>();
        services.AddScoped<Reader>();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddProblemDetails();
        services.AddLimits(settings);
        services.AddOpenApi(Documented.Securities);
        services
            .AddHealthChecks()
            .AddCheck<StoreHealth>("store", tags: ["ready"])
            .AddCheck<LedgerHealth>("ledger", tags: ["ready"]);
        services
            .AddMcpServer()
            .WithHttpTransport(o => o.Stateless = true)
            .WithTools<WorkbenchTools>();
        if (settings.Telemetry.Length > 0)
        {
            var to = new Uri(settings.Telemetry);
            services
                .AddOpenTelemetry()
                .WithTracing(t =>
                    t.AddAspNetCoreInstrumentation().AddOtlpExporter(o => o.Endpoint = to)
                )
                .WithMetrics(m =>
                    m.AddAspNetCoreInstrumentation().AddOtlpExporter(o => o.Endpoint = to)
                );
        }
    }

    /// <summary>What answers, with or without pages: the store, the ledger, its worker, and the desks.</summary>
    public static void Core(IServiceCollection services, WorkbenchSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        Data(services, settings);
        services.AddSingleton(_ => ContentStore.Default());
        services.AddHostedService<RunWorker>();
        services.AddSingleton<WorkbenchRunner>();
        services.AddSingleton<HeldStudies>();
        services.AddSingleton<LiveFirst>();
        services.AddSingleton<LiveTerms>();
        services.AddScoped<Comparison>();
        services.AddScoped<StudyDesk>();
        services.AddScoped<RunDesk>();
        services.AddHttpContextAccessor();
    }

    private static void Data(IServiceCollection services, WorkbenchSettings settings)
    {
        var folder = DataFolder.Path(settings);
        var server = settings.Database == "postgresql";
        services.AddDbContext<WorkbenchStore>(o =>
        {
            _ = server
                ? o.UseNpgsql(settings.Connection)
                : o.UseSqlite(
                    $"Data Source={DataFolder.Private(settings, "workbench.db")};Default Timeout=30"
                );
            // Migrations are written by hand, for both databases, without a snapshot of the model.
            o.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        });
        services.AddSingleton(
            RunLedger.Open(
                server ? settings.Connection : DataFolder.Private(settings, "runs.db"),
                TimeSpan.FromSeconds(30)
            )
        );
        var keys = services
            .AddDataProtection()
            .SetApplicationName("plimsoll")
            .PersistKeysToFileSystem(new DirectoryInfo(System.IO.Path.Combine(folder, "keys")));
        if (settings.KeyCertificate.Length > 0)
        {
            // It lives as long as the program.
            var certificate = KeyCertificate.Of(settings);
            keys.ProtectKeysWithCertificate(certificate)
                .UnprotectKeysWithAnyCertificate(certificate);
        }
        services.AddSingleton(_ => AuditKey.In(settings));
    }

    private static void People(IServiceCollection services, WorkbenchSettings settings)
    {
        services
            .AddIdentityCore<WorkbenchUser>(o =>
            {
                o.Password.RequiredLength = 12;
                o.Password.RequiredUniqueChars = 4;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireDigit = false;
                o.User.AllowedUserNameCharacters = "";
            })
            .AddEntityFrameworkStores<WorkbenchStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<MemberClaims>();
        var authentication = services.AddAuthentication("workbench");
        authentication.AddIdentityCookies();
        authentication
            .AddScheme<AuthenticationSchemeOptions, LocalAccess>(LocalAccess.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, KeyAccess>(KeyAccess.Scheme_, null)
            .AddPolicyScheme(
                "workbench",
                null,
                o =>
                    o.ForwardDefaultSelector = context =>
                        !settings.Accounts ? LocalAccess.Scheme_
                        : context.Request.Headers.ContainsKey("Authorization") ? KeyAccess.Scheme_
                        : IdentityConstants.ApplicationScheme
            );
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "plimsoll";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.LoginPath = "/login";
            o.AccessDeniedPath = "/login";
            o.ReturnUrlParameter = "back";
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.Events.OnValidatePrincipal = StampCheck.Validate;
            // People are led to the page where they sign in, programs are told.
            o.Events.OnRedirectToLogin = context => Led(context, StatusCodes.Status401Unauthorized);
            o.Events.OnRedirectToAccessDenied = context =>
                Led(context, StatusCodes.Status403Forbidden);
        });
        services.AddAuthorization();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "plimsoll-form";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true;
        });
        if (settings.OpenIdAuthority.Length > 0)
        {
            OpenIdAccess.Add(authentication, settings);
        }
    }

    private static Task Led(
        RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context,
        int status
    )
    {
        if (Endpoints.ForPrograms(context.HttpContext))
        {
            context.Response.StatusCode = status;
        }
        else if (status == StatusCodes.Status403Forbidden)
        {
            // Who is signed in already is told, not asked to sign in again.
            context.Response.StatusCode = status;
        }
        else
        {
            // A place of this server, whatever name the request gave it.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        }
        return Task.CompletedTask;
    }

    /// <summary>Who asks and how, as a proxy in front says it: only those that are known are believed.</summary>
    private static void Behind(WebApplication app, WorkbenchSettings settings)
    {
        var known = WorkbenchSettings.List(settings.KnownProxies);
        if (known.Length > 0)
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders =
                    ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                ForwardLimit = null,
            };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in known)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    options.KnownProxies.Add(address);
                }
                else
                {
                    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
            app.UseForwardedHeaders(options);
        }
        if (settings.BehindTls)
        {
            app.Use(
                (context, next) =>
                {
                    context.Request.Scheme = "https";
                    return next(context);
                }
            );
        }
    }

    private static void Pipeline(WebApplication app, WorkbenchSettings settings)
    {
        Behind(app, settings);
        app.UseExceptionHandler(OnError.Answer);
        app.UseStrictHeaders(WorkbenchSettings.List(settings.AllowedHosts));
        // Before anybody is asked who they are: that takes the database.
        app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.UseHealthChecks(
            "/health/ready",
            new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }
        );
        // People get a page, whether they asked for one or sent a form; programs get a problem.
        app.UseWhen(
            c => !Endpoints.ForPrograms(c),
            pages =>
            {
                pages.UseStatusCodePagesWithReExecute(
                    "/not-found",
                    createScopeForStatusCodePages: true
                );
                pages.Use(
                    (context, next) =>
                    {
                        // The page that says why a form was refused is read, not sent again.
                        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                        {
                            context.Request.Method = HttpMethods.Get;
                        }
                        return next(context);
                    }
                );
            }
        );
        app.UseWhen(
            Endpoints.ForPrograms,
            programs =>
                programs.UseStatusCodePages(refused =>
                    Results
                        .Problem(
                            statusCode: refused.HttpContext.Response.StatusCode,
                            detail: refused.HttpContext.Response.StatusCode
                            == StatusCodes.Status400BadRequest
                                ? Endpoints.Unread(refused.HttpContext)
                                : null
                        )
                        .ExecuteAsync(refused.HttpContext)
                )
        );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new AssetFiles(),
                RequestPath = "/assets",
                OnPrepareResponse = c =>
                {
                    var headers = c.Context.Response.Headers;
                    headers.CacheControl = AssetFiles.Keeping(c.Context.Request.Path);
                    if (c.File.Name.EndsWith(".html", StringComparison.Ordinal))
                    {
                        headers.ContentSecurityPolicy = Headers.Editor;
                    }
                },
            }
        );
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(OwnPassword.First);
        app.UseAntiforgery();
        var api = app.MapGroup("/api").ProducesProblem(401).ProducesProblem(403);
        StudyApi.Map(api);
        CentreApi.Map(api);
        RunApi.Map(api);
        LiveApi.Map(api);
        LinkApi.Map(api);
        CatalogApi.Map(api);
        PeopleApi.Map(api);
        AccountApi.Map(api);
        SignIn.Map(app);
        PageParts.Map(app);
        app.MapOpenApi();
        app.MapMcp("/mcp").RequireAuthorization();
        app.MapRazorComponents<App>();
    }
}
