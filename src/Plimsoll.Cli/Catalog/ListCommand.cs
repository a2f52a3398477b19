using System.CommandLine;
using System.Text.Json.Nodes;
using Plimsoll.Catalog;

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
        var command = new Command("list", "List the entries of the catalogue, by kind.")
        {
            kind,
            asOf,
            json,
        };
        command.SetAction(result =>
            Commands.Guard(() =>
                Run(result.GetValue(kind), result.GetValue(asOf), result.GetValue(json))
            )
        );
        return command;
    }

    private static int Run(string? kind, DateOnly asOf, bool json)
    {
        var view = FactCatalog.Shipped().AsOf(asOf);
        if (kind is not null && !view.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw new KeyNotFoundException(
                $"The catalogue has no kind '{kind}'; it has {string.Join(", ", view.Kinds)}."
            );
        }
        var kinds = kind is null ? view.Kinds : [kind];
        if (json)
        {
            var document = new JsonObject();
            foreach (var k in kinds)
            {
                document[k] = new JsonArray([.. view.Names(k).Select(n => (JsonNode)n)]);
            }
            JsonOutput.Print(document);
            return ExitCode.Success;
        }
        foreach (var k in kinds)
        {
            Console.WriteLine($"{k} ({view.Names(k).Count})");
            foreach (var name in view.Names(k))
            {
                Console.WriteLine($"  {name}");
            }
        }
        return ExitCode.Success;
    }
}
