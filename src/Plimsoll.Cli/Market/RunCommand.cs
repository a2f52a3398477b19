using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market;
using Plimsoll.Market.MarketFiles;
using Plimsoll.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Market;

/// <summary><c>market run FILE</c>: any market from a file.</summary>
internal static class RunCommand
{
    private static readonly string[] _tables =
    [
        "figures.csv",
        "fill.csv",
        "centres.csv",
        "national-centres.csv",
        "national-months.csv",
        "national-centres.parquet",
        "national-months.parquet",
        "national.html",
    ];

    public static Command Create()
    {
        var file = new Argument<string>("file")
        {
            Description = "A YAML file of kind market; two ship under examples/market.",
        };
        var json = CommonOptions.Json();
        var csv = new Option<string?>("--csv")
        {
            Description =
                "Also write figures.csv and fill.csv by month and centres.csv into this folder; with a national base, national-centres and national-months (CSV and Parquet) hold every centre and month of one whole history, and national.html shows it with a map.",
        };
        var replace = OutputOptions.Replace();
        var allowed = WorkLimit.Option();
        var command = new ExampleCommand(
            "run",
            "Run a market with every centre and every contract: rents, vacancy and fill come out of it.",
            "market run examples/market/two-halls.yaml",
            "market run examples/market/united-states.yaml --json"
        )
        {
            file,
            json,
            csv,
            replace,
            allowed,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
            {
                var path = result.GetValue(file)!;
                var input = InputFile.Read(path, FileBounds.Yaml);
                var values = InputFiles.Read(input, "market");
                InputFiles.Say(InputFiles.Warnings(input.Name, values));
                var market = MarketFileReader.Read(values, path, InputFiles.FolderOf(path));
                if (!WorkLimit.Allows(MarketWork.Of(market), result.GetValue(allowed)))
                {
                    return ExitCode.Unanswerable;
                }
                var folder = result.GetValue(csv);
                using var output = folder is null
                    ? null
                    : OutputFolder.Open(
                        folder,
                        new OutputOwner("market", market.Name, _tables),
                        result.GetValue(replace)
                    );
                var outcome = Run(market);
                if (output is not null)
                {
                    Write(outcome, output);
                    output.Commit(CaseManifest.Of(input), JsonOutput.Text);
                }
                if (result.GetValue(json))
                {
                    JsonOutput.Print(Document(outcome));
                }
                else
                {
                    Print(outcome);
                }
                return ExitCode.Success;
            })
        );
        return command;
    }

    private static MarketFileResult Run(MarketFile market)
    {
        var run = new MarketFileRun(market, FactCatalog.Shipped().AsOf(market.Start.LastDay));
        if (Console.IsErrorRedirected)
        {
            return run.Run(Environment.ProcessorCount);
        }
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }
        );
        return console
            .Progress()
            .AutoClear(true)
            .Start(context =>
            {
                var task = context.AddTask("Drawing histories", maxValue: 1);
                return run.Run(Environment.ProcessorCount, share => task.Value = share);
            });
    }

    private static void Print(MarketFileResult result)
    {
        var market = result.File;
        var console = Terminal.Output();
        console.WriteLine(market.Name);
        if (market.Explanation.Length > 0)
        {
            console.WriteLine(market.Explanation.Trim());
        }
        console.WriteLine(
            $"{market.Draws} histories, seed {market.Seed}, rent law {Law(market)}. Middle (P10 to P90). Rents in {market.Currency} a month for a server of eight."
        );
        var months = Months(market.Months);
        var table = Terminal.Table(["", .. months.Select(m => (market.Start + m).ToString())]);
        foreach (var figure in result.Figures.Append(result.Gap).OfType<MonthlySpread>())
        {
            table.AddRow([figure.Name, .. months.Select(m => Cell(figure, m))]);
        }
        console.Write(table);
        if (result.Gap is not null)
        {
            console.WriteLine(
                $"Rents follow the imported curve ({market.Curve!.Basis} prices); its gap to the model's own rents is the last line, in logs."
            );
        }
        if (result.Centres.Count > 0)
        {
            console.Write(CentreTable(result));
            console.WriteLine(
                $"Empty: mean fill below {FillOdds.EmptyBelow.ToString("P0", CultureInfo.InvariantCulture)}. Fill has two humps; the middle of those let is shown, not a mean."
            );
        }
        foreach (var (name, paid) in result.VoucherPaid)
        {
            console.WriteLine(
                $"Vouchers of {name}: {Short(paid)} {market.Currency} paid on average."
            );
        }
    }

    private static Table CentreTable(MarketFileResult result)
    {
        var table = Terminal.Table(
            "centre",
            "tier",
            "odds of staying empty",
            "fill when tenants come",
            "share dark",
            "contract rent"
        );
        foreach (var c in result.Centres)
        {
            table.AddRow(
                Markup.Escape(c.Name),
                c.Tier.ToString(),
                Percent(c.Odds.Empty),
                double.IsNaN(c.Odds.Middle)
                    ? "-"
                    : $"{Percent(c.Odds.Middle)} ({Percent(c.Odds.Low)} to {Percent(c.Odds.High)})",
                Percent(c.Dark),
                double.IsNaN(c.Price) ? "none signed" : Short(c.Price)
            );
        }
        return table;
    }

    private static string Law(MarketFile market) =>
        market.Law switch
        {
            RentLaw.ExcessDemand => "excess-demand",
            { } law => law.ToString().ToLowerInvariant(),
            null => "in turn",
        };

    /// <summary>Five months that fit a line: the first, the last, and those between.</summary>
    private static int[] Months(int months) =>
        [.. Enumerable.Range(0, 5).Select(i => (int)Math.Round(i * (months - 1) / 4.0)).Distinct()];

    private static string Cell(MonthlySpread figure, int m)
    {
        if (double.IsNaN(figure.Middle[m]))
        {
            return "none";
        }
        Func<double, string> show = figure.Unit switch
        {
            "fraction" => Percent,
            "log" => x => x.ToString("+0.00;-0.00", CultureInfo.InvariantCulture),
            _ => Short,
        };
        if (figure.Share[m] < FewDraws)
        {
            return $"{show(figure.Middle[m])} *\nin {Percent(figure.Share[m])} of draws";
        }
        return $"{show(figure.Middle[m])}\n{show(figure.Low[m])} to {show(figure.High[m])}";
    }

    /// <summary>Share of the draws below which a figure's middle is marked and its range is not printed.</summary>
    private const double FewDraws = 0.25;

    private static string Percent(double x) => x.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>Three digits that mean something: 108k, 1.54M.</summary>
    private static string Short(double x)
    {
        if (x == 0)
        {
            return "0";
        }
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(x))) - 2);
        var rounded = Math.Round(x / step) * step;
        return rounded switch
        {
            >= 1e6 => (rounded / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
            >= 1e4 => (rounded / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
            _ => rounded.ToString("0.##", CultureInfo.InvariantCulture),
        };
    }

    private static JsonObject Document(MarketFileResult result)
    {
        var market = result.File;
        var document = new JsonObject
        {
            ["name"] = market.Name,
            ["base"] = market.Base,
            ["start"] = market.Start.ToString(),
            ["months"] = market.Months,
            ["currency"] = market.Currency.ToString(),
            ["draws"] = market.Draws,
            ["seed"] = market.Seed,
            ["law"] = Law(market),
            ["figures"] = new JsonArray([.. result.Figures.Select(Document)]),
            ["centres"] = new JsonArray([
                .. result.Centres.Select(c => new JsonObject
                {
                    ["name"] = c.Name,
                    ["tier"] = c.Tier.ToString(),
                    ["empty"] = c.Odds.Empty,
                    ["fill_when_let"] = new JsonObject
                    {
                        ["p10"] = Number(c.Odds.Low),
                        ["p50"] = Number(c.Odds.Middle),
                        ["p90"] = Number(c.Odds.High),
                    },
                    ["dark"] = c.Dark,
                    ["contract_rent"] = Number(c.Price),
                    ["fill"] = Document(c.Fill),
                }),
            ]),
            ["vouchers"] = new JsonArray([
                .. result.VoucherPaid.Select(v => new JsonObject
                {
                    ["name"] = v.Name,
                    ["mean_paid"] = v.Paid,
                }),
            ]),
        };
        if (result.Gap is { } gap)
        {
            document["curve_basis"] = market.Curve!.Basis;
            document["gap_to_fundamental"] = Document(gap);
        }
        return document;
    }

    private static JsonObject Document(MonthlySpread figure) =>
        new()
        {
            ["name"] = figure.Name,
            ["unit"] = figure.Unit,
            ["p10"] = new JsonArray([.. figure.Low.Select(Number)]),
            ["p50"] = new JsonArray([.. figure.Middle.Select(Number)]),
            ["p90"] = new JsonArray([.. figure.High.Select(Number)]),
            ["share_of_draws"] = new JsonArray([.. figure.Share.Select(Number)]),
        };

    private static JsonValue? Number(double x) => double.IsFinite(x) ? JsonValue.Create(x) : null;

    private static void Write(MarketFileResult result, OutputFolder folder)
    {
        folder.Write(
            "figures.csv",
            Csv(result.File, result.Figures.Append(result.Gap).OfType<MonthlySpread>())
        );
        folder.Write("fill.csv", Csv(result.File, result.Centres.Select(c => c.Fill)));
        var centres = new StringBuilder(
            "centre,tier,empty,fill_p10,fill_p50,fill_p90,dark,contract_rent\n"
        );
        foreach (var c in result.Centres)
        {
            centres.Append(
                CultureInfo.InvariantCulture,
                $"{CsvCell.Of(c.Name)},{c.Tier},{c.Odds.Empty:G6},{Field(c.Odds.Low)},{Field(c.Odds.Middle)},{Field(c.Odds.High)},{c.Dark:G6},{Field(c.Price)}\n"
            );
        }
        folder.Write("centres.csv", centres.ToString());
        if (result.National is { } national)
        {
            foreach (
                var (name, table) in new[]
                {
                    ("national-centres", NationalTables.Centres(national, result.File.Months)),
                    ("national-months", NationalTables.Months(national, result.File.Months)),
                }
            )
            {
                folder.Write(name + ".csv", table.Csv());
                folder.Write(name + ".parquet", stream => stream.Write(table.Parquet()));
            }
            folder.Write("national.html", NationalReport.Html(result));
        }
    }

    private static string Csv(MarketFile market, IEnumerable<MonthlySpread> figures)
    {
        var csv = new StringBuilder("figure,unit,month,p10,p50,p90,share_of_draws\n");
        foreach (var figure in figures)
        {
            for (var m = 0; m < figure.Middle.Length; m++)
            {
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{CsvCell.Of(figure.Name)},{figure.Unit},{market.Start + m},{Field(figure.Low[m])},{Field(figure.Middle[m])},{Field(figure.High[m])},{figure.Share[m]:G6}\n"
                );
            }
        }
        return csv.ToString();
    }

    private static string Field(double x) =>
        double.IsFinite(x) ? x.ToString("G6", CultureInfo.InvariantCulture) : "";
}
