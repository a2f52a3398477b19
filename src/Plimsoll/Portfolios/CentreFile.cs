using Plimsoll.Catalog;
using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Portfolios;

/// <summary>A centre of a portfolio rewritten as the file of a study about it alone, with every value in its place; what it does not know is given a prior.</summary>
internal sealed class CentreFile
{
    /// <summary>Likeliest chips where the file knows none and no other centre has one: those of the tenders of 2023-24; own prior.</summary>
    private static readonly string[] _usualServers = ["8xA800", "8xH800", "8x910B", "8xH100"];

    /// <summary>What a contract must say to be run as one.</summary>
    private static readonly string[] _lease = ["tenant", "servers", "price_per_gpu_hour", "tenor"];

    private const int MostVariants = 3;

    private readonly InputMapping _centre;
    private readonly InputMapping _head;
    private readonly InputMapping? _defaults;
    private readonly InputValues _values;
    private readonly Month _decided;
    private readonly CatalogView _view;
    private readonly Currency _money;
    private readonly List<(string Path, Phrase Prior)> _unknown = [];

    /// <param name="portfolio">Values of the whole file, for its head and defaults.</param>
    /// <param name="root">The whole file as written.</param>
    /// <param name="centre">The centre as written.</param>
    /// <param name="values">Its values.</param>
    /// <param name="view">The catalogue of the day.</param>
    public CentreFile(
        InputValues portfolio,
        InputMapping root,
        InputMapping centre,
        InputValues values,
        CatalogView view
    )
    {
        (_centre, _values, _view) = (centre, values, view);
        _decided = portfolio.Month("decided");
        _money = Market
            .Motion.MarketLink.Of(portfolio.Section("market").TextOrNull("name") ?? "china")
            .Currency;
        _defaults = root.Find(PortfolioInputs.Defaults)?.Value as InputMapping;
        _head = new InputMapping(
            [
                .. root.Entries.Where(e => e.Key is "decided" or "seed" or "market"),
                Word(
                    "horizon",
                    portfolio
                        .Integer("horizon")
                        .ToString(System.Globalization.CultureInfo.InvariantCulture)
                ),
            ],
            root.Line,
            root.Column
        );
    }

    /// <summary>What the centre leaves unknown, with the prior that holds.</summary>
    public IReadOnlyList<(string Path, Phrase Prior)> Unknown => _unknown;

    /// <summary>Tenants under <c>signed</c> of whom price or term is unknown.</summary>
    public bool HasOpenTenants { get; private set; }

    /// <summary>Number of servers where it is unknown.</summary>
    public InputNumber? Size { get; private set; }

    /// <summary>True when the file gives a number of servers that it grades as nobody's statement (D): worked out of what was said of something else.</summary>
    public bool SizeGuessed { get; private set; }

    /// <summary>The study files that the centre may be, with their odds.</summary>
    /// <param name="others">Servers and sites of the other centres, likeliest first.</param>
    public IReadOnlyList<(double Weight, InputMapping File)> Variants(KnownOfOthers others)
    {
        var whole = Merged(_centre, _defaults);
        var fleets = Fleets(whole, others);
        var sites = Sites(whole, others);
        var all =
            from f in fleets
            from s in sites
            select (Weight: f.Weight * s.Weight, File: Study(whole, f.Fleet, s.Site));
        var kept = all.OrderByDescending(v => v.Weight).Take(MostVariants).ToList();
        var sum = kept.Sum(v => v.Weight);
        return [.. kept.Select(v => (v.Weight / sum, v.File))];
    }

    private InputMapping Study(InputMapping whole, InputNode fleet, InputNode site)
    {
        var question = _values.Text("state") switch
        {
            "standing" => "owner",
            "building" => "construction",
            var _ => "sponsor",
        };
        var entries = new List<InputEntry>
        {
            Word("kind", "study"),
            new("name", Quoted(_values.Text("name")), _centre.Line, _centre.Column),
            Word("question", question),
        };
        entries.AddRange(_head.Entries);
        entries.Add(new InputEntry("centre", CentreSection(whole), _centre.Line, _centre.Column));
        entries.Add(new InputEntry("site", site, _centre.Line, _centre.Column));
        entries.Add(new InputEntry("fleet", fleet, _centre.Line, _centre.Column));
        if (Signed(whole) is { } signed)
        {
            entries.Add(new InputEntry("signed", signed, _centre.Line, _centre.Column));
        }
        entries.AddRange(
            whole
                .Entries.Where(e =>
                    PortfolioInputs.StudyParts.Contains(e.Key)
                    && e.Key is not ("centre" or "site" or "fleet" or "signed")
                )
                .Select(e =>
                    e.Key == "finance" && e.Value is InputMapping finance
                        ? e with
                        {
                            Value = Finance(finance, fleet),
                        }
                        : e
                )
        );
        return new InputMapping(entries, _centre.Line, _centre.Column);
    }

    /// <summary>Share of capital cost that is taken as owed where a debt is unknown: 70 % lent, two of seven parts repaid; own prior.</summary>
    private const double OwedShare = 0.5;

    /// <summary>A debt that is unknown is half of what the servers cost.</summary>
    private InputMapping Finance(InputMapping finance, InputNode fleet)
    {
        const string Key = "existing_debt";
        if (finance.Find(Key)?.Value is not InputScalar { IsUnknown: true })
        {
            return finance;
        }
        var usual = new Studies.UsualAmounts(_view);
        var cost = ((InputSequence)fleet).Items.OfType<InputMapping>().Sum(f => Cost(f, usual));
        var owed = Math.Round(OwedShare * cost, 0);
        if (!_unknown.Exists(u => u.Path == $"finance.{Key}"))
        {
            _unknown.Add(($"finance.{Key}", Phrase.Of("portfolio.prior.debt", owed)));
        }
        return With(finance, Word(Key, Written(owed)));
    }

    private double Cost(InputMapping fleet, Studies.UsualAmounts usual)
    {
        double? Number(InputNode? node) =>
            node switch
            {
                InputScalar s when InputText.TryNumber(s, out var n) => n,
                InputMapping range => Number(range.Find("value")?.Value),
                var _ => null,
            };
        var server = (fleet.Find("server")?.Value as InputScalar)?.Text ?? "";
        var each =
            Number(fleet.Find("capex_per_server")?.Value)
            ?? (usual.Server(server, _money) is { } u ? Math.Sqrt(u.Low * u.High) : 0);
        return each * (Number(fleet.Find("servers")?.Value) ?? 0);
    }

    /// <summary>Who runs it: a capability that is not given is that of its class.</summary>
    private InputMapping CentreSection(InputMapping whole)
    {
        var given = whole.Find("centre")?.Value as InputMapping ?? Empty();
        if (
            given.Find("operator_capability")?.Value
                is not (null or InputScalar { IsUnknown: true })
            || OperatorClass.Of(_values.TextOrNull("operator_class")) is not { } of
        )
        {
            return given;
        }
        var range = new InputMapping(
            [
                Word("value", Written(of.Capability)),
                Word("low", Written(of.Low)),
                Word("high", Written(of.High)),
                Word("source", OperatorClass.Source),
                Word("grade", "D"),
            ],
            _centre.Line,
            _centre.Column
        );
        return given with
        {
            Entries =
            [
                .. given.Entries.Where(e => e.Key != "operator_capability"),
                new InputEntry("operator_capability", range, _centre.Line, _centre.Column),
            ],
        };
    }

    /// <summary>The fleets, by what their unknown chip may be; numbers and months that are unknown take their priors.</summary>
    private List<(double Weight, InputNode Fleet)> Fleets(InputMapping whole, KnownOfOthers others)
    {
        var list = whole.Find("fleet")?.Value as InputSequence;
        var items = list is { Items.Count: > 0 }
            ? list.Items.OfType<InputMapping>().ToList()
            : [Empty()];
        var servers = others.Servers.Count > 0 ? others.Servers : Usual();
        if (items.TrueForAll(i => i.Find("server") is not null))
        {
            servers = [("", 1)];
        }
        else
        {
            _unknown.Add(("fleet.server", Odds(servers.Select(s => s.Name))));
        }
        var sizes = items.Count == 1 && CountUnknown(items[0]);
        var first =
            servers[0].Name.Length > 0
                ? servers[0].Name
                : (items[0].Find("server")?.Value as InputScalar)?.Text ?? "";
        var project = sizes ? SizeOf(first) : null;
        items = [.. items.Select(i => Filled(i, others, project))];
        return
        [
            .. servers
                .Take(MostVariants)
                .Select(s =>
                    (
                        s.Weight,
                        (InputNode)
                            new InputSequence(
                                [
                                    .. items.Select(i =>
                                        i.Find("server") is not null
                                            ? i
                                            : With(
                                                project is not null && SizeOf(s.Name) is { } size
                                                    ? With(
                                                        i,
                                                        Word("servers", Written(size.Servers.Value))
                                                    )
                                                    : i,
                                                Word("server", s.Name)
                                            )
                                    ),
                                ],
                                list?.Line ?? _centre.Line,
                                list?.Column ?? _centre.Column
                            )
                    )
                ),
        ];
    }

    private static List<(string Name, double Weight)> Usual() =>
        [.. _usualServers.Select(s => (s, 1.0 / _usualServers.Length))];

    private static bool CountUnknown(InputMapping fleet) =>
        fleet.Find("servers")?.Value is null or InputScalar { IsUnknown: true };

    /// <summary>Servers by what the catalogue tells of the project that the centre is.</summary>
    private CountedServers? SizeOf(string server) =>
        ProjectSize.Of(
            _view,
            _values.TextOrNull("project"),
            server,
            _values.Text("state") == "standing",
            _money
        );

    private static Phrase Odds(IEnumerable<string> names) =>
        Phrase.Of(
            "portfolio.prior.odds",
            names
                .DefaultIfEmpty("")
                .Select(Words.Name)
                .Aggregate((before, next) => Phrase.Of("list", before, next))
        );

    private InputMapping Filled(InputMapping fleet, KnownOfOthers others, CountedServers? project)
    {
        var filled = fleet;
        if (CountUnknown(fleet))
        {
            var prior = project?.Servers ?? others.Count;
            _unknown.Add(
                (
                    "fleet.servers",
                    project is null
                        ? Phrase.Of("portfolio.prior.count", prior.Value, prior.Low, prior.High)
                        : Phrase.Of(
                            "portfolio.prior.counted",
                            prior.Value,
                            prior.Low,
                            prior.High,
                            project.Said
                        )
                )
            );
            filled = Sized(filled, prior);
        }
        else if (fleet.Find("servers")!.Value is InputMapping range)
        {
            SizeGuessed |= Stated(range) == Grade.D;
            filled = Sized(filled, Range(range));
        }
        if (fleet.Find("online") is null)
        {
            var month = _values.Text("state") switch
            {
                "standing" => _decided + -11,
                "building" => _decided + 7,
                var _ => _decided + 13,
            };
            _unknown.Add(("fleet.online", Phrase.Of("portfolio.prior.month", month)));
            filled = With(filled, Word("online", month.ToString()));
        }
        return fleet.Find("capex_per_server") is null
            ? With(filled, Word("capex_per_server", "unknown"))
            : filled;
    }

    /// <summary>A fleet of the best estimate; the range about it becomes the centre's size.</summary>
    private InputMapping Sized(InputMapping fleet, InputNumber servers)
    {
        var count = Math.Max(1, Math.Round(servers.Value));
        Size = servers with
        {
            Path = "fleet.servers",
            Value = 1,
            Low = Math.Min(1, servers.Low / count),
            High = Math.Max(1, servers.High / count),
            Unit = "1",
        };
        return With(fleet, Word("servers", Written(count)));
    }

    private static InputNumber Range(InputMapping range)
    {
        double? Of(string key) =>
            range.Find(key)?.Value is InputScalar s && InputText.TryNumber(s, out var n) ? n : null;
        var value = Of("value") ?? 1;
        return new InputNumber(
            "",
            value,
            Of("low") ?? value,
            Of("high") ?? value,
            "servers",
            (range.Find("source")?.Value as InputScalar)?.Text ?? "this portfolio",
            Stated(range) ?? Grade.D,
            false
        );
    }

    /// <summary>The grade that a number's range states; null where it states none.</summary>
    private static Grade? Stated(InputMapping range) =>
        range.Find("grade")?.Value is InputScalar word
        && InputText.TryWord<Grade>(word.Text, out var grade)
            ? grade
            : null;

    /// <summary>The site, by where an unknown one may be.</summary>
    private List<(double Weight, InputNode Site)> Sites(InputMapping whole, KnownOfOthers others)
    {
        var given = whole.Find("site")?.Value as InputMapping ?? Empty();
        if (given.Find("name") is not null || given.Find("place") is not null)
        {
            return [(1, given)];
        }
        var sites = others.Sites(_values.TextOrNull("province"));
        _unknown.Add(("site.name", Odds(sites.Select(s => s.Name))));
        return
        [
            .. sites
                .Take(MostVariants)
                .Select(s => (s.Weight, (InputNode)With(given, Word("name", s.Name)))),
        ];
    }

    /// <summary>Contracts of which all is known that a study must know; the rest are tenants known as a whole.</summary>
    private InputSequence? Signed(InputMapping whole)
    {
        if (whole.Find("signed")?.Value is not InputSequence list)
        {
            return null;
        }
        bool Open(InputMapping item) =>
            _lease.Any(k => item.Find(k)?.Value is null or InputScalar { IsUnknown: true });
        var known = list.Items.OfType<InputMapping>().Where(i => !Open(i)).ToList();
        HasOpenTenants = known.Count < list.Items.Count;
        return known.Count == 0 ? null : list with { Items = [.. known] };
    }

    /// <summary>A mapping with what it does not say taken from another, section by section.</summary>
    private static InputMapping Merged(InputMapping own, InputMapping? below) =>
        below is null
            ? own
            : own with
            {
                Entries =
                [
                    .. own.Entries.Select(e =>
                        e.Value is InputMapping section
                        && section.Find("value") is null
                        && below.Find(e.Key)?.Value is InputMapping under
                            ? e with
                            {
                                Value = Merged(section, under),
                            }
                            : e
                    ),
                    .. below.Entries.Where(e => own.Find(e.Key) is null),
                ],
            };

    private InputMapping Empty() => new([], _centre.Line, _centre.Column);

    private InputScalar Quoted(string text) => new(text, true, _centre.Line, _centre.Column);

    private InputEntry Word(string key, string text) =>
        new(
            key,
            new InputScalar(text, false, _centre.Line, _centre.Column),
            _centre.Line,
            _centre.Column
        );

    private static InputMapping With(InputMapping mapping, InputEntry entry) =>
        mapping with
        {
            Entries = [.. mapping.Entries.Where(e => e.Key != entry.Key), entry],
        };

    private static string Written(double number) =>
        number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What the centres of a portfolio of which it is known tell about those of which it is not.</summary>
/// <param name="Servers">Servers by the share of centres that have them, likeliest first.</param>
/// <param name="Places">Sites and provinces of the centres.</param>
/// <param name="Count">Number of servers: median and 80 % range over the centres, own prior where fewer than five are known.</param>
internal sealed record KnownOfOthers(
    IReadOnlyList<(string Name, double Weight)> Servers,
    IReadOnlyList<(string Site, string Province)> Places,
    InputNumber Count
)
{
    private const int Enough = 5;

    /// <summary>Gathers them.</summary>
    /// <param name="centres">Values of all centres as written.</param>
    /// <param name="view">The catalogue of the day.</param>
    /// <param name="market">The market, which names the country of a site unknown.</param>
    public static KnownOfOthers Of(
        IReadOnlyList<InputValues> centres,
        CatalogView view,
        string market
    )
    {
        var servers = centres
            .SelectMany(c => c.Items("fleet"))
            .Select(f => f.TextOrNull("server"))
            .OfType<string>()
            .GroupBy(s => s, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, (double)g.Count()))
            .ToList();
        var places = centres
            .Where(c => c.Section("site").TextOrNull("name") is not null)
            .Select(c => (c.Section("site").Text("name"), c.TextOrNull("province") ?? ""));
        var counts = centres
            .SelectMany(c => c.Items("fleet"))
            .Select(f => f.NumberOrNull("servers"))
            .OfType<double>()
            .Order()
            .ToList();
        double At(double p) => counts[(int)Math.Round(p * (counts.Count - 1))];
        var size =
            counts.Count >= Enough
                ? new InputNumber(
                    "",
                    At(0.5),
                    At(0.1),
                    At(0.9),
                    "servers",
                    "unknown to the file: as the other centres of the portfolio",
                    Grade.D,
                    true
                )
                : new InputNumber(
                    "",
                    64,
                    16,
                    256,
                    "servers",
                    "unknown to the file: own prior",
                    Grade.D,
                    true
                );
        var here = places.ToList();
        return new KnownOfOthers(servers, here.Count > 0 ? here : [.. Known(view, market)], size);
    }

    /// <summary>Sites of the market's country by the number of the catalogue's projects there.</summary>
    private static IEnumerable<(string, string)> Known(CatalogView view, string market)
    {
        var country = market == "us" ? "US" : "CN";
        var projects = view.Entries("projects").Select(e => e.TextOrNull("city")).ToList();
        return view.Entries("sites")
            .Where(e => e.TextOrNull("country") == country && e.NumberOrNull("tariff") is not null)
            .SelectMany(e =>
                Enumerable.Repeat(
                    (e.Name, e.TextOrNull("province") ?? ""),
                    1 + projects.Count(city => city == e.Name)
                )
            );
    }

    /// <summary>Sites where a centre of a province may stand, with their odds.</summary>
    /// <param name="province">Its province; null when that is unknown too.</param>
    public IReadOnlyList<(string Name, double Weight)> Sites(string? province)
    {
        var there = Places.Where(p => province is null || p.Province == province).ToList();
        return
        [
            .. (there.Count > 0 ? there : [.. Places])
                .GroupBy(p => p.Site, StringComparer.Ordinal)
                .OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Take(3)
                .Select(g => (g.Key, (double)g.Count())),
        ];
    }
}
