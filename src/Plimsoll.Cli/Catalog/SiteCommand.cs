using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Quantities;
using Plimsoll.Sites;
using Spectre.Console;

namespace Plimsoll.Cli.Catalog;

/// <summary><c>catalog site NAME</c>: what a server-month costs there, what of it darkness stops, and how far the users are.</summary>
internal static class SiteCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = "Name of a site, or a part of one: zhengzhou.",
        };
        var server = new Option<string>("--server")
        {
            Description = "Server whose power counts.",
            DefaultValueFactory = _ => "8xH100",
        };
        var asOf = CommonOptions.AsOf();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "site",
            "Show what a server-month costs at a site, what of it stops when dark, and the latency to its users.",
            "catalog site zhengzhou --server 8xH100 --as-of 2024-12",
            "catalog site ohio --server 8xH200 --json"
        )
        {
            name,
            server,
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(
                    result.GetValue(name)!,
                    result.GetValue(server)!,
                    result.Day(asOf),
                    result.GetValue(json)
                )
            )
        );
        return command;
    }

    private static int Run(string name, string server, DateOnly asOf, bool json)
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        var entry = CatalogSearch.Matching(view, name, "sites")[0];
        var machine = CatalogSearch.Matching(view, server, "servers")[0];
        var terms = SiteTerms.Of(view, entry.Name) with { Escalation = 0 };
        var model = new SiteModel(terms, ServerPower.Of(view, machine.Name));
        // A year without escalation: which year it is decides only leap days.
        var parts = ServerMonth.Of(model, new Month(2025, 1));
        var hubs = Latency.ToHubs(view, entry.Name);
        if (json)
        {
            JsonOutput.Print(Document(entry, machine.Name, model, parts, hubs));
            return ExitCode.Success;
        }
        Print(entry, machine.Name, model, parts, hubs);
        return ExitCode.Success;
    }

    private static void Print(
        CatalogEntry site,
        string server,
        SiteModel model,
        IReadOnlyList<ServerMonth> parts,
        IReadOnlyList<HubLatency> hubs
    )
    {
        var console = Terminal.Output();
        var currency = site.Text("currency");
        console.WriteLine(
            $"{site.Name}, {server}: {currency} per server-month, mean of a year, best estimates of the catalogue"
        );
        var costs = Terminal.Table(
            "cost",
            "let",
            "of it stops when dark",
            "stops on closing",
            "sunk",
            "lit, not let",
            "dark"
        );
        foreach (var p in parts.Append(Total(parts)))
        {
            costs.AddRow([
                p.Name,
                .. new[]
                {
                    p.Let,
                    p.StopsWhenDark,
                    p.StopsOnClosing,
                    p.Sunk,
                    p.Idle,
                    p.Dark,
                }.Select(v => v.ToString("#,0")),
            ]);
        }
        console.Write(costs);
        console.WriteLine(
            $"Electricity {Terminal.Number(model.Terms.Tariff)} {currency}/kWh; {PowerWords(model)}. Floor of an offer {model.AvoidablePerLetHour:0.00} {currency} per accelerator-hour."
        );
        console.WriteLine();
        console.WriteLine("Power usage effectiveness by month and load (1 = every server busy)");
        var pue = Terminal.Table(["month", .. Enumerable.Range(1, 12).Select(m => $"{m}")]);
        pue.AddRow([
            "air, degC",
            .. Enumerable.Range(1, 12).Select(m => $"{model.Terms.Profile.Climate.MonthMean(m):0}"),
        ]);
        foreach (var load in (double[])[1, 0.6, 0.3, 0.1])
        {
            pue.AddRow([
                $"load {load:0.0}",
                .. Enumerable.Range(1, 12).Select(m => $"{model.Pue(load, m):0.00}"),
            ]);
        }
        console.Write(pue);
        console.WriteLine("Round trip to demand hubs, by the computed rule");
        var reach = Terminal.Table("hub", "ms", "low", "high", "share of demand");
        foreach (var h in hubs)
        {
            reach.AddRow(
                Markup.Escape(h.Hub),
                $"{h.Milliseconds:0.0}",
                $"{h.Low:0.0}",
                $"{h.High:0.0}",
                $"{h.Weight:P0}"
            );
        }
        console.Write(reach);
        console.WriteLine($"Each number with its source: plimsoll catalog show \"{site.Name}\"");
    }

    private static string PowerWords(SiteModel model) =>
        $"server {Terminal.Number(model.Power.OffKw)} kW off, {Terminal.Number(model.Power.IdleKw)} idle, {Terminal.Number(Math.Round(model.LetKw, 2))} let, {Terminal.Number(model.Power.BusyKw)} busy";

    private static ServerMonth Total(IReadOnlyList<ServerMonth> parts) =>
        new(
            "total",
            parts.Sum(p => p.Let),
            parts.Sum(p => p.Idle),
            parts.Sum(p => p.Dark),
            parts.Sum(p => p.StopsWhenDark),
            parts.Sum(p => p.StopsOnClosing),
            parts.Sum(p => p.Sunk)
        );

    private static JsonObject Document(
        CatalogEntry site,
        string server,
        SiteModel model,
        IReadOnlyList<ServerMonth> parts,
        IReadOnlyList<HubLatency> hubs
    ) =>
        new()
        {
            ["site"] = site.Name,
            ["server"] = server,
            ["currency"] = site.Text("currency"),
            ["costs_per_server_month"] = new JsonArray([
                .. parts
                    .Append(Total(parts))
                    .Select(p => new JsonObject
                    {
                        ["cost"] = p.Name,
                        ["let"] = p.Let,
                        ["stops_when_dark"] = p.StopsWhenDark,
                        ["stops_on_closing"] = p.StopsOnClosing,
                        ["sunk"] = p.Sunk,
                        ["lit_not_let"] = p.Idle,
                        ["dark"] = p.Dark,
                    }),
            ]),
            ["tariff_per_kwh"] = model.Terms.Tariff,
            ["avoidable_per_accelerator_hour"] = model.AvoidablePerLetHour,
            ["power_kw"] = new JsonObject
            {
                ["off"] = model.Power.OffKw,
                ["idle"] = model.Power.IdleKw,
                ["let"] = model.LetKw,
                ["busy"] = model.Power.BusyKw,
            },
            ["pue_at_full_load_by_month"] = new JsonArray([
                .. Enumerable.Range(1, 12).Select(m => (JsonNode)model.Pue(1, m)),
            ]),
            ["latency_ms"] = new JsonArray([
                .. hubs.Select(h => new JsonObject
                {
                    ["hub"] = h.Hub,
                    ["round_trip"] = h.Milliseconds,
                    ["low"] = h.Low,
                    ["high"] = h.High,
                    ["share_of_demand"] = h.Weight,
                }),
            ]),
        };
}
