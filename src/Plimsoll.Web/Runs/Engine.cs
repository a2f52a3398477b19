using System.Reflection;
using Plimsoll.Catalog;
using Plimsoll.Jobs;

namespace Plimsoll.Web.Runs;

/// <summary>The program that computes, by which a run is told to be stale.</summary>
internal static class Engine
{
    /// <summary>The library and the catalogue of this process.</summary>
    public static EngineVersion Version { get; } = EngineVersion.Of(FactCatalog.Shipped());

    /// <summary>Version as people say it.</summary>
    public static string Number { get; } =
        Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);

    /// <summary>Beginning of the identity of the library's build: builds of one number may answer differently.</summary>
    public static string Build { get; } = Version.Engine.Split(' ')[^1][..8];

    /// <summary>True when a result was made by another engine or on another catalogue than those of today.</summary>
    public static bool Stale(Store.AskedRun run) =>
        run.Engine != Version.Engine || run.CatalogSha256 != Version.Catalogue;
}
