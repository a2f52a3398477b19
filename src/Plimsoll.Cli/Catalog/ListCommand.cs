using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;
using Plimsoll.Inputs;

namespace Plimsoll.Cli.Catalog;

/// <summary><c>catalog list [KIND]</c>: names of what is known.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var kind = new Argument<string?>("kind")
        {
            Description = "Only this kind, for example accelerators.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var asOf = CommonOptions.AsOf();
        var json = CommonOptions.Json();
        var command = new ExampleCommand(
            "list",
            "List the entries of the catalogue, by kind.",
            "catalog list",
            "catalog list sites --as-of 2024-03"
        )
        {
            kind,
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(kind), result.Day(asOf), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string? kind, DateOnly asOf, bool json)
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        if (kind is not null && !view.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            var near = NearestName.Of(kind, view.Kinds);
            throw new KeyNotFoundException(
                near is null
                    ? $"The catalogue has no kind '{kind}'; it has {string.Join(", ", view.Kinds)}."
                    : $"The catalogue has no kind '{kind}'. Did you mean '{near}'?"
            );
        }
        var kinds = kind is null ? view.Kinds : [kind];
        var derived = kind is null ? view.DerivedNames : [];
        if (json)
        {
            var document = new JsonObject();
            foreach (var k in kinds)
            {
                document[k] = new JsonArray([.. view.Names(k).Select(n => (JsonNode)n)]);
            }
            if (derived.Count > 0)
            {
                document["derived"] = new JsonArray([.. derived.Select(n => (JsonNode)n)]);
            }
            JsonOutput.Print(document);
            return ExitCode.Success;
        }
        foreach (var k in kinds)
        {
            Print(k, view.Names(k));
        }
        if (derived.Count > 0)
        {
            Print("derived: fitted by Plimsoll, each row dated by its last datum", derived);
        }
        return ExitCode.Success;
    }

    private static void Print(string title, IReadOnlyCollection<string> names)
    {
        Console.WriteLine($"{title} ({names.Count})");
        foreach (var name in names)
        {
            Console.WriteLine($"  {name}");
        }
    }
}
