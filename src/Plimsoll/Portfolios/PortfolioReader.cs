using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Quantities;
using Plimsoll.Studies;
using Plimsoll.Studies.Model;

namespace Plimsoll.Portfolios;

/// <summary>Reads a portfolio from its file and its table of centres, and refuses what cannot be run, all at once.</summary>
public sealed class PortfolioReader
{
    private readonly InputMapping _root;
    private readonly InputValues _values;
    private readonly FactCatalog _catalog;
    private readonly CatalogView _view;
    private readonly string _file;
    private readonly StudyFolder _folder;
    private readonly KnownPlaces _places;
    private readonly List<LocatedFinding> _found = [];

    private PortfolioReader(
        InputMapping root,
        InputValues values,
        FactCatalog catalog,
        string file,
        StudyFolder folder,
        KnownPlaces places
    )
    {
        (_root, _values, _catalog, _file, _folder, _places) = (
            root,
            values,
            catalog,
            file,
            folder,
            places
        );
        _view = catalog.AsOf(values.Month("decided"));
    }

    /// <summary>Reads a portfolio.</summary>
    /// <param name="root">The file as written.</param>
    /// <param name="catalog">Everything known; only what was published by the decision is seen.</param>
    /// <param name="file">Name of the file for messages.</param>
    /// <param name="folder">Below which a table of centres may stand.</param>
    /// <returns>The portfolio and what its report must warn of.</returns>
    /// <exception cref="InputException">It is not sound: every finding with file, line and column.</exception>
    public static (Portfolio Portfolio, IReadOnlyList<LocatedFinding> Warnings) Read(
        InputMapping root,
        FactCatalog catalog,
        string file,
        StudyFolder folder
    )
    {
        using var culture = InvariantCulture.Begin();
        ArgumentNullException.ThrowIfNull(catalog);
        var table = PortfolioInputs.Table();
        var everything = catalog.AsOf(new DateOnly(9999, 12, 31));
        var places = new KnownPlaces(everything);
        var known = places.In(UnknownWords.LeftOut(root, table), table);
        var findings = places.Check(known, table, file);
        if (findings.Count > 0)
        {
            throw new InputException(findings);
        }
        var reader = new PortfolioReader(
            known,
            new InputValues(table, known),
            catalog,
            file,
            folder,
            places
        );
        // Those of a centre's study are told by its own check.
        reader._found.AddRange(
            RangeWarnings
                .Of(new InputValues(table, known), file)
                .Where(f => !PortfolioInputs.IsOfAStudy(f.Finding.Path.ToString()))
        );
        var portfolio = reader.Portfolio(table);
        var faults = reader._found.Where(f => !f.Finding.IsWarning).ToList();
        return faults.Count == 0 && portfolio is not null
            ? (portfolio, Once(reader._found))
            : throw new InputException(faults);
    }

    /// <summary>A warning that several centres share is said once, with their number.</summary>
    private static List<LocatedFinding> Once(List<LocatedFinding> warnings) =>
        [
            .. warnings
                .GroupBy(w => (w.Finding.Rule, w.Finding.Found, w.Finding.Expected))
                .Select(g =>
                    g.Count() == 1
                        ? g.First()
                        : g.First() with
                        {
                            Finding = g.First().Finding with
                            {
                                Found =
                                    $"{g.First().Finding.Found} (the same of {g.Count()} centres)",
                            },
                        }
                ),
        ];

    private Portfolio? Portfolio(InputTable table)
    {
        var listed = Listed();
        listed.AddRange(Tabled(table));
        if (_found.Exists(f => !f.Finding.IsWarning))
        {
            return null;
        }
        if (listed.Count == 0)
        {
            Refuse(
                "centres",
                "no-centre",
                "no centre",
                "at least one, listed or in a table",
                "List the centres, or name a table of them."
            );
            return null;
        }
        Names(listed);
        var others = KnownOfOthers.Of(
            [.. listed.Select(c => c.Values)],
            _view,
            _values.Section("market").TextOrNull("name") ?? "china"
        );
        var centres = new List<PortfolioCentre>();
        foreach (var centre in listed)
        {
            if (Centre(centre, others) is { } read)
            {
                centres.Add(read);
            }
        }
        return _found.Exists(f => !f.Finding.IsWarning) ? null : Whole(centres);
    }

    /// <summary>A centre as written, where it is written.</summary>
    private sealed record Written(InputMapping Node, InputValues Values, string File, string Path);

    private List<Written> Listed()
    {
        var nodes = (_root.Find(PortfolioInputs.Centres)?.Value as InputSequence)?.Items ?? [];
        return
        [
            .. _values
                .Items(PortfolioInputs.Centres)
                .Select((v, i) => new Written((InputMapping)nodes[i], v, _file, v.Path.Text)),
        ];
    }

    private List<Written> Tabled(InputTable table)
    {
        if (!_values.Has("table"))
        {
            return [];
        }
        var section = _values.Section("table");
        var name = section.Text("file");
        CsvTable csv;
        try
        {
            csv = CsvTable.Parse(_folder.Read(name, FileBounds.Table).Text(), name);
        }
        catch (FileRefusedException e)
        {
            _found.Add(e.Located());
            return [];
        }
        catch (InvalidDataException e) when (TableFault.Of(e) is { } fault)
        {
            _found.Add(fault);
            return [];
        }
        catch (InvalidDataException e)
        {
            Refuse("table.file", "no-table", e.Message, "a table with a header", "Mend the table.");
            return [];
        }
        var columns = section
            .Items("columns")
            .GroupBy(c => c.Text("column"), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Text("key"), StringComparer.Ordinal);
        foreach (var absent in columns.Keys.Where(c => !csv.HasColumn(c)))
        {
            Refuse(
                "table.columns",
                "unknown-column",
                $"'{InputText.Cut(absent)}'",
                $"a column of {name}",
                NearestName.Of(absent, csv.Header) is { } near
                    ? $"Did you mean '{near}'?"
                    : $"It has {string.Join(", ", csv.Header.Select(h => InputText.Cut(h)))}."
            );
        }
        var nodes = CentreTable.Read(csv, columns, table, _found);
        var wrapped = _places.In(
            UnknownWords.LeftOut(
                new InputMapping(
                    [
                        .. _root.Entries.Where(e =>
                            e.Key is not (PortfolioInputs.Centres or "table")
                        ),
                        new InputEntry(
                            PortfolioInputs.Centres,
                            new InputSequence([.. nodes], 1, 1),
                            1,
                            1
                        ),
                    ],
                    1,
                    1
                ),
                table
            ),
            table
        );
        // A table's centres are told by their names: its reader knows no place in a list.
        _found.AddRange(_places.Check(wrapped, table, name).Select(f => Called(f, nodes)));
        if (_found.Exists(f => !f.Finding.IsWarning))
        {
            return [];
        }
        var items = ((InputSequence)wrapped.Find(PortfolioInputs.Centres)!.Value).Items;
        return
        [
            .. new InputValues(table, wrapped)
                .Items(PortfolioInputs.Centres)
                .Select(
                    (v, i) =>
                        new Written(
                            (InputMapping)items[i],
                            v,
                            name,
                            $"{PortfolioInputs.Centres}[{InputText.Cut(v.Text("name"))}]"
                        )
                ),
        ];
    }

    /// <summary>A finding of a table's line, at the name of its centre in place of its place in the list.</summary>
    private static LocatedFinding Called(LocatedFinding found, IReadOnlyList<InputMapping> nodes)
    {
        var at = nodes.ToList().FindIndex(n => n.Line == found.Line);
        var name = at < 0 ? null : (nodes[at].Find("name")?.Value as InputScalar)?.Text;
        return name is null
            ? found
            : found with
            {
                Finding = found.Finding with
                {
                    Path = new InputPath(
                        found.Finding.Path.Text.Replace(
                            $"{PortfolioInputs.Centres}[{at}]",
                            $"{PortfolioInputs.Centres}[{InputText.Cut(name)}]",
                            StringComparison.Ordinal
                        )
                    ),
                },
            };
    }

    private void Names(List<Written> centres)
    {
        foreach (
            var twin in centres
                .GroupBy(c => c.Values.Text("name"), StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
                .SelectMany(g => g.Skip(1))
        )
        {
            _found.Add(
                At(
                    twin,
                    new Finding(
                        new InputPath("name"),
                        "duplicate-name",
                        $"'{InputText.Cut(twin.Values.Text("name"))}' again",
                        "names that differ",
                        "Give each centre a name of its own."
                    )
                )
            );
        }
    }

    /// <summary>A finding below a centre, at the deepest of its keys that is written.</summary>
    private static LocatedFinding At(Written centre, Finding finding)
    {
        InputNode? node = centre.Node;
        var (line, column) = (centre.Node.Line, centre.Node.Column);
        foreach (
            var key in finding
                .Path.Text.Split('.')
                .Select(k => k.Replace("[0]", "", StringComparison.Ordinal))
        )
        {
            node = node is InputSequence { Items: [var first, ..] } ? first : node;
            if (node is not InputMapping mapping || mapping.Find(key) is not { } entry)
            {
                break;
            }
            (line, column, node) = (entry.Line, entry.Column, entry.Value);
        }
        return new LocatedFinding(
            centre.File,
            line,
            column,
            finding with
            {
                Path = new InputPath($"{centre.Path}.{finding.Path}"),
            }
        );
    }

    private PortfolioCentre? Centre(Written written, KnownOfOthers others)
    {
        var file = new CentreFile(_values, _root, written.Node, written.Values, _view);
        var variants = new List<CentreVariant>();
        foreach (var (weight, study) in file.Variants(others))
        {
            if (Study(study, written) is { } values)
            {
                var reader = StudyReader.Of(values, _view);
                variants.Add(
                    new CentreVariant(weight, reader, Today(reader.Plan(), written.Values))
                );
            }
        }
        if (variants.Count == 0)
        {
            return null;
        }
        var v = written.Values;
        var check = new CentreCheck(_view, _values.Month("decided"));
        foreach (var f in check.Of(v, variants[0].Case, variants[0].Study.Currency))
        {
            _found.Add(At(written, f));
        }
        var today = new FillToday(
            Known(v, "racked"),
            Known(v, "let"),
            Known(v, "lit"),
            Known(v, "load")
        );
        var unknown = file.Unknown.ToList();
        var present = Present(v, file.HasOpenTenants, unknown);
        return new PortfolioCentre
        {
            Name = v.Text("name"),
            Stage = v.Text("state") switch
            {
                "standing" => CentreStage.Standing,
                "building" => CentreStage.Building,
                var _ => CentreStage.Planned,
            },
            Variants = variants,
            Province = v.TextOrNull("province") ?? "",
            Owner = v.TextOrNull("owner") ?? "",
            Operator = OperatorClass.Of(v.TextOrNull("operator_class")),
            Project = v.TextOrNull("project"),
            Stylised = v.Flag("stylised"),
            Source = v.TextOrNull("source") ?? "",
            Jobs = v.Number("jobs"),
            GrantDue = v.Number("grant_due"),
            Today = today,
            Present = present,
            Size = file.Size,
            SizeGuessed = file.SizeGuessed,
            Unknown = unknown,
        };
    }

    /// <summary>The study of a centre, checked as any study is; findings keep their place in the file they come from.</summary>
    private InputValues? Study(InputMapping study, Written written)
    {
        var table = StudyInputs.Table();
        var everything = _catalog.AsOf(new DateOnly(9999, 12, 31));
        var names = new CatalogNames(everything);
        study = names.In(study, table);
        var findings = new InputCheck(table, everything.Names, written.File)
        {
            Meant = names.Meant,
        }.Run(study);
        var values = new InputValues(table, study);
        if (findings.Count == 0)
        {
            findings = StudyCheck.Of(values, _catalog, written.File);
        }
        foreach (var f in findings)
        {
            // What stands under 'defaults' or in the head is said once, whatever number of centres takes it.
            if (
                !_found.Exists(o =>
                    o.Line == f.Line
                    && o.Column == f.Column
                    && o.File == f.File
                    && o.Finding.Rule == f.Finding.Rule
                )
            )
            {
                _found.Add(
                    f with
                    {
                        Finding = _places.Hinted(
                            f.Finding with
                            {
                                Path = new InputPath($"{written.Path}.{f.Finding.Path}"),
                            },
                            written.Values.TextOrNull("province")
                        ),
                    }
                );
            }
        }
        return findings.Any(f => !f.Finding.IsWarning) ? null : values;
    }

    /// <summary>A centre alone has the luck of a study's, whatever it is called; several are told apart by their names.</summary>
    private static PortfolioCentre Alone(PortfolioCentre centre) =>
        centre with
        {
            Variants =
            [
                .. centre.Variants.Select(v => v with { Case = Studies.StudyRun.Nameless(v.Case) }),
            ],
        };

    /// <summary>A standing centre of which is said how full it is sells by the hour what work beyond its contracts shows, and from there on as others do.</summary>
    private static StudyCase Today(StudyCase study, InputValues centre)
    {
        if (
            centre.Text("state") != "standing"
            || !(centre.Has("today.let") || centre.Has("today.load"))
        )
        {
            return study;
        }
        var let = Known(centre, "let")?.Value ?? 0;
        var load = Known(centre, "load")?.Value ?? 0;
        return study with { Plan = study.Plan with { SpotToday = Math.Max(0, load - let) } };
    }

    private static InputNumber? Known(InputValues centre, string key) =>
        centre.Has($"today.{key}") ? centre.Sourced($"today.{key}") : null;

    /// <summary>Tenants known as a whole: where a share is given, or said to be unknown, or a contract lacks its price or term.</summary>
    private static PresentTenants? Present(
        InputValues centre,
        bool open,
        List<(string Path, Phrase Prior)> unknown
    )
    {
        if (centre.Text("state") != "standing")
        {
            return null;
        }
        var share =
            centre.Has("today.let") ? centre.Sourced("today.let")
            : centre.IsUnknown("today.let") || open
                ? Prior("today.let", 0.3, 0.05, 0.75, "fraction")
            : null;
        if (share is null)
        {
            return null;
        }
        var months = centre.Has("today.months_left")
            ? centre.Sourced("today.months_left")
            : Prior("today.months_left", 6, 2, 14, "months");
        foreach (var n in new[] { share, months }.Where(n => n.FromDefault))
        {
            unknown.Add(
                (
                    n.Path,
                    Phrase.Of("portfolio.prior.number", Plain(n.Value), Plain(n.Low), Plain(n.High))
                )
            );
        }
        return new PresentTenants(
            centre
                .Items("signed")
                .Where(s => s.TextOrNull("tenant") is not null)
                .Select(s => s.Text("tenant"))
                is var names
            && open
                ? string.Join(", ", names.DefaultIfEmpty("present tenants"))
                : "present tenants",
            share,
            centre.Has("today.price_per_gpu_hour")
                ? centre.Sourced("today.price_per_gpu_hour")
                : null,
            months
        );
    }

    /// <summary>Own priors: the fill of standing centres has two humps, and their tenants' contracts run about a year.</summary>
    private static string Plain(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static InputNumber Prior(
        string path,
        double value,
        double low,
        double high,
        string unit
    ) => new(path, value, low, high, unit, "unknown to the file: own prior", Grade.D, true);

    private Portfolio? Whole(List<PortfolioCentre> centres)
    {
        var first = centres.OrderBy(c => c.Name, StringComparer.Ordinal).First().Variants[0].Study;
        var market = first.Values.Text("market.name");
        foreach (
            var other in centres.Where(c =>
                c.Variants.Any(x => x.Study.Values.Text("market.name") != market)
            )
        )
        {
            Refuse(
                "market.name",
                "two-markets",
                $"'{InputText.Cut(other.Name)}' in another market than {market}",
                "centres of one market",
                "Make a portfolio for each market."
            );
            return null;
        }
        foreach (
            var f in new CentreCheck(_view, _values.Month("decided")).OfHead(
                _values,
                centres,
                first.Currency
            )
        )
        {
            var (line, column) = _values.Place(f.Path);
            _found.Add(new LocatedFinding(_file, line, column, f));
        }
        if (_found.Exists(f => !f.Finding.IsWarning))
        {
            return null;
        }
        var amount = _values.Section("budget").NumberOrNull("amount");
        var owed = _values.Section("budget").Number("owed") + centres.Sum(c => c.GrantDue);
        if (amount is { } limit && owed > limit)
        {
            Refuse(
                "budget.amount",
                "owed-already",
                FormattableString.Invariant($"{limit:0}"),
                FormattableString.Invariant(
                    $"at least the {owed:0} that is owed already ({_values.Section("budget").Number("owed"):0} stated, {centres.Sum(c => c.GrantDue):0} of grants due)"
                ),
                "Raise the budget, or take out what is not owed."
            );
            return null;
        }
        var v = _values.Section("value");
        return new Portfolio
        {
            Name = _values.Text("name"),
            Table = _values.Has("table") ? _values.Section("table").Text("file") : null,
            Explanation = _values.TextOrNull("explanation") ?? "",
            Question = _values.Text("question") switch
            {
                "owner" => PortfolioQuestion.Owner,
                "lender" => PortfolioQuestion.Lender,
                var _ => PortfolioQuestion.Planner,
            },
            Decided = _values.Month("decided"),
            Months = _values.Integer("horizon"),
            Seed = (ulong)_values.Integer("seed"),
            View = _view,
            Scenario = new MarketScenario
            {
                Market = market,
                WorldLink = _values.Text("market.world_link"),
            },
            Quotes = first.Quotes(),
            Currency = first.Currency,
            Hurdle = first.Rule().EquityHurdle,
            Centres = centres.Count == 1 ? [Alone(centres[0])] : centres,
            Budget = amount ?? double.PositiveInfinity,
            Owed = owed,
            Value = new PublicValue(
                v.NumberOrNull("useful_gpu_hour"),
                // Owners and lenders ask what it is worth to them; a planner for all.
                v.NumberOrNull("useful_share_of_rent")
                    ?? (_values.Text("question") == "planner" ? PublicValue.UsersSurplus : 0),
                v.Number("public_money"),
                v.Number("lender_loss"),
                v.Number("job_year"),
                v.Number("discount_rate")
            ),
            PoolServers = _values.NumberOrNull("pool_servers"),
            Takers =
            [
                .. _values
                    .Items("takers")
                    .Select(t => new Taker(
                        t.Text("name"),
                        t.Number("capability"),
                        t.Number("share"),
                        t.Number("price_per_server"),
                        t.Number("least_servers")
                    )),
            ],
        };
    }

    private void Refuse(string path, string rule, string found, string expected, string remedy)
    {
        var at = new InputPath(path);
        var (line, column) = _values.Place(at);
        _found.Add(
            new LocatedFinding(_file, line, column, new Finding(at, rule, found, expected, remedy))
        );
    }
}
