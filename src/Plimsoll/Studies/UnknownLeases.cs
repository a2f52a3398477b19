using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Studies;

/// <summary>What a study says it does not know of its leases: price, term and months run, each with what stands for it.</summary>
/// <param name="values">The file.</param>
internal sealed class UnknownLeases(InputValues values)
{
    /// <summary>What of a lease may be unknown and has a prior.</summary>
    public static readonly string[] Keys = ["price_per_gpu_hour", "tenor", "months_run"];

    /// <summary>What is left of a lease of which nothing is known, and what of it has run: half of the year for which leases are usually signed, own prior.</summary>
    private const int HalfOfYear = 6;

    private const int LongestTenor = 240;

    private const string Price = "price_per_gpu_hour";

    /// <summary>Adds the priors.</summary>
    /// <param name="rents">Rents of chips on the day; asked for only where a price is unknown.</param>
    /// <param name="numbers">Priors by path.</param>
    public void Add(Func<LeaseRents> rents, Dictionary<string, InputNumber> numbers)
    {
        var leases = values.Items("signed");
        foreach (var lease in leases)
        {
            Term(lease, numbers);
        }
        if (leases.Any(l => l.IsUnknown(Price)))
        {
            foreach (var (lease, price) in rents().Prices())
            {
                var path = lease.Path.Key(Price).Text;
                numbers[path] = price with { Path = path };
            }
        }
    }

    /// <summary>What of a lease is unknown and was given a prior.</summary>
    public static IReadOnlyList<string> Of(InputValues lease) =>
        [.. Keys.Where(k => lease.IsUnknown(k) && lease.NumberOrNull(k) is not null)];

    /// <summary>A term ends after what has run and after all that the contract dates; of a term half has run, of an unknown one half a year.</summary>
    private void Term(InputValues lease, Dictionary<string, InputNumber> numbers)
    {
        var (tenorUnknown, runUnknown) = (lease.IsUnknown("tenor"), lease.IsUnknown("months_run"));
        var stated = tenorUnknown ? null : lease.NumberOrNull("tenor");
        var run = lease.Has("months_run") ? lease.Integer("months_run") : 0;
        if (runUnknown)
        {
            var likely = Math.Max(
                stated is { } t ? (int)(t / 2) : HalfOfYear,
                (int)Math.Ceiling(lease.NumberOrNull("months_behind") ?? 0)
            );
            run = Math.Min(
                Math.Min(likely, stated is { } whole ? Math.Max(0, (int)whole - 1) : likely),
                MonthsStanding(lease)
            );
            Put(
                lease,
                "months_run",
                run,
                "unknown to the study: half of the term, or half a year, has run",
                numbers
            );
        }
        if (tenorUnknown)
        {
            var dated = lease
                .Items("steps")
                .Select(s => s.NumberOrNull("from") ?? 0)
                .Append(lease.NumberOrNull("exit_after") ?? 0)
                .Max();
            Put(
                lease,
                "tenor",
                Math.Min(
                    LongestTenor,
                    Math.Max(
                        run + HalfOfYear,
                        Math.Max(dated + 1, Math.Ceiling(lease.NumberOrNull("prepaid_months") ?? 0))
                    )
                ),
                "unknown to the study: half of the year for which leases are usually signed is left",
                numbers
            );
        }
    }

    /// <summary>Months for which a lease may have run: those since the first of its servers came.</summary>
    private int MonthsStanding(InputValues lease)
    {
        var fleet = lease.TextOrNull("fleet");
        var start = values.Month("decided") + 1;
        return values
            .Items("fleet")
            .Where(f => fleet is null || f.TextOrNull("name") == fleet)
            .Select(f => f.MonthOrNull("online") is { } online ? start - online : 0)
            .Append(0)
            .Max();
    }

    private static void Put(
        InputValues lease,
        string key,
        double value,
        string source,
        Dictionary<string, InputNumber> numbers
    )
    {
        var path = lease.Path.Key(key).Text;
        numbers[path] = new InputNumber(path, value, value, value, "months", source, Grade.D, true);
    }
}
