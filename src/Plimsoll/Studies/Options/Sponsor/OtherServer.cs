using Plimsoll.Decisions;
using Plimsoll.Inputs;
using Plimsoll.Quantities;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options.Sponsor;

/// <summary>The same number of servers of another kind; where it cannot hold the model served, it is let only.</summary>
/// <param name="Server">Server in the catalogue.</param>
/// <param name="CapexPerServer">Capital cost of one.</param>
public sealed record OtherServer(string Server, InputNumber CapexPerServer) : ISponsorOption
{
    /// <summary>Its kind.</summary>
    public static OptionKind<ISponsorOption> Kind { get; } =
        new(
            [
                new InputRow(
                    "options.other_server",
                    InputType.CatalogName,
                    "Server looked at instead."
                )
                {
                    CatalogKind = "servers",
                },
                new InputRow(
                    "options.other_capex_per_server",
                    InputType.Number,
                    "Capital cost of that server, in the study's currency."
                )
                {
                    Min = 0,
                    Max = 1e9,
                    Unit = "1",
                    Money = "/server",
                },
            ],
            file =>
                file.TextOrNull("options.other_server") is { } server
                    ? new OtherServer(server, file.Sourced("options.other_capex_per_server"))
                    : null
        );

    /// <inheritdoc/>
    public StudyOption? Of(StudyCase plan, ICentreFacts facts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(facts);
        return new StudyOption(
            Phrase.Of("option.server", Server),
            VerdictKind.Retarget,
            Phrase.Of("option.server.said", Server),
            facts.Refit(plan, [.. plan.Fleets.Select(f => facts.Other(f, Server, CapexPerServer))])
        );
    }
}
