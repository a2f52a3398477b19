using System.Globalization;
using Plimsoll.Catalog;
using Plimsoll.Web.Access;
using Plimsoll.Web.Pages;

namespace Plimsoll.Web.Api;

/// <summary>The catalogue as of any day.</summary>
internal static class CatalogApi
{
    /// <summary>One fact.</summary>
    internal sealed record Fact(
        string Attribute,
        string Value,
        double? Low,
        double? High,
        string Unit,
        string Grade,
        string Source,
        string Published,
        string Place
    );

    /// <summary>One entry with what was known of it.</summary>
    internal sealed record Entry(string Kind, string Name, IReadOnlyList<Fact> Facts);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/catalog").WithTags("catalogue");
        group
            .MapGet(
                "",
                (string? asOf) =>
                    Day(asOf) is { } day
                        ? Results.Ok(FactCatalog.Shipped().AsOf(day).Kinds)
                        : BadDay()
            )
            .Needs(Role.Viewer)
            .Produces<IReadOnlyList<string>>()
            .ProducesProblem(422)
            .WithSummary("Kinds of entries known on a day; of all days when silent.");
        group
            .MapGet("/{kind}", Names)
            .Needs(Role.Viewer)
            .Produces<PageOf<string>>()
            .ProducesProblem(422)
            .WithSummary("Names of the entries of a kind.");
        group
            .MapGet("/{kind}/entry", Show)
            .Needs(Role.Viewer)
            .Produces<Entry>()
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary("An entry by its name, every fact with source and row.");
        api.MapGet(
                "/forecasts/{market}",
                (string market) =>
                    RentForecasts.Csv(market) is { } csv
                        ? Results.File(
                            System.Text.Encoding.UTF8.GetBytes(csv),
                            "text/csv; charset=utf-8",
                            $"{market}-rents.csv"
                        )
                        : Endpoints.NotFound("market")
            )
            .Needs(Role.Viewer)
            .WithTags("catalogue")
            .Produces(200, contentType: "text/csv")
            .ProducesProblem(404)
            .WithSummary(
                "Quantiles of the rents forecast of a market (china, us, europe) and frozen before they were scored, by chip, basis and month."
            );
    }

    /// <summary>The day of a text; the last day of all when silent; null when it is none.</summary>
    public static DateOnly? Day(string? text) =>
        string.IsNullOrEmpty(text) ? new DateOnly(9999, 12, 31)
        : DateOnly.TryParseExact(
            text.Length == 7 ? text + "-01" : text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? text.Length == 7 ? new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month))
                : day
        : null;

    private static IResult BadDay() =>
        Endpoints.Problem(422, "asOf is a day as yyyy-MM-dd or a month as yyyy-MM.");

    private static IResult Names(string kind, string? asOf, int? page, int? pageSize)
    {
        if (Day(asOf) is not { } day)
        {
            return BadDay();
        }
        var (number, size) = Endpoints.Page(page, pageSize);
        return Results.Ok(
            new PageOf<string>(
                [
                    .. FactCatalog
                        .Shipped()
                        .AsOf(day)
                        .Names(kind)
                        .Skip((number - 1) * size)
                        .Take(size),
                ],
                number,
                size
            )
        );
    }

    private static IResult Show(string kind, string name, string? asOf) =>
        Day(asOf) is not { } day ? BadDay()
        : FactCatalog.Shipped().AsOf(day).Find(kind, name) is not { } entry
            ? Endpoints.NotFound("entry")
        : Results.Ok(Of(entry));

    /// <summary>An entry as a document.</summary>
    public static Entry Of(CatalogEntry entry) =>
        new(
            entry.Kind,
            entry.Name,
            [
                .. entry.Facts.Select(f => new Fact(
                    f.Attribute,
                    f.Text.Value,
                    f.Number?.Low,
                    f.Number?.High,
                    f.Text.Unit,
                    f.Text.Grade.ToString(),
                    f.Text.Source,
                    f.Text.Published.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    f.Place
                )),
            ]
        );
}
