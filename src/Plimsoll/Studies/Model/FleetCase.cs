using Plimsoll.Finance;
using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Quantities;
using Plimsoll.Sites;

namespace Plimsoll.Studies.Model;

/// <summary>A fleet as the study gives it, with what the catalogue knows of its own server: no fleet stands for another.</summary>
/// <param name="Server">Server in the catalogue.</param>
/// <param name="Accelerator">Its accelerator.</param>
/// <param name="PerServer">Accelerators in a server, more than 0.</param>
/// <param name="Servers">How many, more than 0.</param>
/// <param name="Online">Month in which they come.</param>
/// <param name="CapexPerServer">Capital cost of one.</param>
/// <param name="TrainingFabric">Whether one job can span them.</param>
public sealed record FleetCase(
    string Server,
    string Accelerator,
    double PerServer,
    double Servers,
    Month Online,
    InputNumber CapexPerServer,
    bool TrainingFabric
)
{
    /// <summary>Name, unique within the centre; random streams, policies and leases refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>True when the study gives it a name of its own; else it is called by its server and month.</summary>
    public bool IsNamed => !Name.StartsWith($"{Server} of {Online}", StringComparison.Ordinal);

    /// <summary>Power of one of its servers.</summary>
    public required ServerPower Power { get; init; }

    /// <summary>Tax on it: write-off and tax on sales by its own price and month.</summary>
    public required TaxPreset Tax { get; init; }

    /// <summary>What it serves of the study's model; null when it serves none.</summary>
    public ServedFleet? Served { get; init; }

    /// <summary>Its accelerators.</summary>
    public double Accelerators => Servers * PerServer;
}

/// <summary>What an accelerator of a fleet serves while the promise holds.</summary>
/// <param name="Goodput">Output tokens a second of one accelerator.</param>
/// <param name="Words">Model and layout, in words.</param>
public sealed record ServedFleet(InputNumber Goodput, string Words)
{
    /// <summary><see cref="Words"/> in any language.</summary>
    public Phrase Said { get; init; } = Phrase.Of("name", Words);

    /// <summary>Layouts for fewer free accelerators than the whole fleet, whose goodput the figure is.</summary>
    public ServingUnits Units { get; init; } = ServingUnits.Any;

    /// <summary>Output tokens a second of one accelerator that no software exceeds; infinite where none is known.</summary>
    public double MostTokensPerSecond { get; init; } = double.PositiveInfinity;

    /// <summary>The replicas of that layout, as an inference file states them; null where no layout keeps the promise.</summary>
    public ServedReplicas? Replicas { get; init; }

    /// <summary>Share of the accelerators' time that computes prompts, 0 to 1.</summary>
    public double ComputedShare { get; init; }

    /// <summary>Share that reads prompts found in the cache.</summary>
    public double StoredShare { get; init; }
}

/// <summary>The layout in which a fleet serves, in the numbers of an inference file.</summary>
/// <param name="Layout">In words.</param>
/// <param name="Replicas">Replicas of the whole fleet; those for prompts where answers are apart.</param>
/// <param name="DecodeReplicas">Replicas for answers; 0 where one does both.</param>
/// <param name="MaxSequences">Sequences that a replica runs at once at most.</param>
/// <param name="TokensPerStep">Tokens of one step of one attention rank at most.</param>
public sealed record ServedReplicas(
    string Layout,
    int Replicas,
    int DecodeReplicas,
    int MaxSequences,
    int TokensPerStep
)
{
    /// <summary>The layout in the words of any language.</summary>
    public required Phrase Said { get; init; }
}

/// <summary>A lease signed before the decision, with the chance of its own tenant's leaving.</summary>
/// <param name="Terms">The contract at best estimates.</param>
/// <param name="BreachHazard">Chance a month that this tenant leaves; null to take that of the terms in every draw.</param>
public sealed record LeaseCase(SignedLease Terms, InputNumber? BreachHazard)
{
    /// <summary>Times by which the tenant's default intensity is raised in the first year; null for one that owes nothing.</summary>
    public InputNumber? Behind { get; init; }

    /// <summary>Agreed price and take-or-pay share where they are known as ranges; null where the terms hold in every draw.</summary>
    public InputNumber? Price { get; init; }

    /// <inheritdoc cref="Price"/>
    public InputNumber? TakeOrPay { get; init; }

    /// <summary>Keys of what the file does not know of the contract and the program assumes: <c>price_per_gpu_hour</c>, <c>tenor</c>, <c>months_run</c>.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>The uncertain numbers of the contract.</summary>
    public IEnumerable<InputNumber> Numbers =>
        new[] { BreachHazard, Behind, Price, TakeOrPay }.OfType<InputNumber>();

    /// <summary>True for a lease that the course itself signs: nobody has signed it today.</summary>
    public bool ToSign { get; init; }

    /// <summary>True for a lease that is on the table: no course signs it to pay its tenant to leave.</summary>
    public bool OnTable { get; init; }

    /// <summary>The same lease of another number of accelerators.</summary>
    public LeaseCase Sized(double accelerators) =>
        this with
        {
            Terms = Terms with
            {
                Accelerators = accelerators,
                Written = Terms.Written is { } written
                    ? written with
                    {
                        Accelerators = accelerators,
                    }
                    : null,
            },
        };

    /// <summary>The same lease that is served some months later and ends when it would.</summary>
    /// <param name="months">Fewer than are left, 0 or more.</param>
    public LeaseCase Later(int months) =>
        this with
        {
            Terms = Terms with
            {
                MonthsRun = Terms.Terms.MonthsRun + months,
                Written = Terms.Written is { } written
                    ? written with
                    {
                        MonthsRun = written.MonthsRun + months,
                    }
                    : null,
            },
        };

    /// <summary>The contract in a draw.</summary>
    /// <param name="value">Values of the uncertain numbers.</param>
    public SignedLease In(Func<InputNumber, double> value)
    {
        var terms = Moved(Behind is null ? Terms : Raised(value(Behind)), value);
        if (BreachHazard is null)
        {
            return terms;
        }
        var hazard = Math.Clamp(value(BreachHazard), 0, 1);
        return terms with
        {
            MonthlyBreachHazard = hazard,
            Written = terms.Written is { } written
                ? written with
                {
                    Tenant = written.Tenant with { MonthlyHazard = hazard },
                }
                : null,
        };
    }

    /// <summary>Terms moved by what price and share of the draw differ from the best estimates, so that what a course has moved stays moved.</summary>
    private SignedLease Moved(SignedLease terms, Func<InputNumber, double> value)
    {
        if (Price is not null)
        {
            terms = terms with
            {
                PricePerGpuHour = Math.Max(0, terms.PricePerGpuHour + value(Price) - Price.Value),
            };
        }
        if (TakeOrPay is null)
        {
            return terms;
        }
        var by = value(TakeOrPay) - TakeOrPay.Value;
        return terms with
        {
            TakeOrPayShare = Math.Clamp(terms.TakeOrPayShare + by, 0, 1),
            Written = terms.Written is { } written
                ? written with
                {
                    TakeOrPayShare = Math.Clamp(written.TakeOrPayShare + by, 0, 1),
                }
                : null,
        };
    }

    private SignedLease Raised(double factor) =>
        Terms with
        {
            Written = Terms.Written! with
            {
                Tenant = Terms.Written.Tenant with { FirstYearFactor = Math.Max(1, factor) },
            },
        };

    /// <summary>Accelerators of a server of the fleet that serves a lease, or in the mean over all fleets where these serve it together.</summary>
    /// <param name="fleets">The fleets of the centre.</param>
    /// <param name="fleet">Name of the fleet; null for all.</param>
    public static double PerServer(IReadOnlyList<FleetCase> fleets, string? fleet) =>
        fleets.FirstOrDefault(f => f.Name == fleet) is { } named
            ? named.PerServer
            : fleets.Sum(f => f.Accelerators) / fleets.Sum(f => f.Servers);
}
