using System.Globalization;
using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Catalog;

/// <summary>Chips and servers that a file writes itself, because the catalogue does not know them.</summary>
/// <remarks>They become entries of the file's view, so that whatever reads the catalogue reads them: the step law, the market's hedonic law, the power of the site. Nothing was measured on such a chip, and its errors say so.</remarks>
public static class WrittenHardware
{
    private const string Servers = "servers";

    // Servers of eight in the catalogue idle at 0.13 to 0.28 of their busy power, and draw 0.004 to 0.02 of it switched off.
    private const string IdleSource = "servers of the catalogue idle at 0.13 to 0.28 of busy power";
    private const string OffSource =
        "servers of the catalogue draw 0.004 to 0.02 of busy power switched off";
    private static readonly (double Value, double Low, double High) _idle = (0.2, 0.13, 0.28);
    private static readonly (double Value, double Low, double High) _off = (0.01, 0.004, 0.02);

    /// <summary>Keys of a chip that are numbers of the catalogue, with their names there.</summary>
    private static readonly (string Key, string Attribute)[] _numbers =
    [
        ("bf16", "bf16_dense"),
        ("fp8", "fp8_dense"),
        ("fp4", "fp4_dense"),
        ("int8", "int8_dense"),
        ("memory", "memory"),
        ("memory_bandwidth", "memory_bandwidth"),
        ("link", "scaleup_bandwidth"),
        ("link_domain", Accelerator.DomainAttribute),
        ("board_power", "board_power"),
    ];

    /// <summary>Least rate of BF16 of a chip of the top tier where none is stated, TFLOP/s; the catalogue's H tier but the H20 begins above it, its A tier ends below it.</summary>
    private const double LeastOfTop = 600;

    /// <summary>Rows of <c>chips</c> and <c>servers</c>, for any kind of file that names either.</summary>
    internal static IEnumerable<InputRow> Rows() =>
        [
            new(
                "chips",
                InputType.List,
                "Chips that the catalogue does not know, by their data sheets: wherever a chip is named these may be. Nothing was measured on them, so their errors are those of a chip without data."
            )
            {
                Min = 1,
                Max = 50,
            },
            new(
                "chips[].name",
                InputType.Text,
                "Its name, which the catalogue does not have yet; a file's own chips and servers are known to that file alone."
            )
            {
                Required = true,
                Declares = Accelerator.Kind,
            },
            new("chips[].vendor", InputType.Text, "Who makes it; NVIDIA's run the CUDA software.")
            {
                Default = "not named",
            },
            new(
                "chips[].tier",
                InputType.Choice,
                "Tier of the market in which it is let: H of H100 class and above, A of A100 class and consumer cards, D made in China; when silent H from 600 TFLOP/s in BF16, else A."
            )
            {
                Choices = ["H", "A", "D"],
            },
            new(
                "chips[].launch",
                InputType.Month,
                "Month from which it can be bought; that of the file's day when silent."
            ),
            Rate("bf16", "BF16", "") with
            {
                Required = true,
            },
            Rate("fp8", "FP8", "; silent when it multiplies none"),
            Rate("fp4", "FP4", "; silent when it multiplies none"),
            Rate("int8", "INT8", "; silent when it is not known"),
            new("chips[].memory", InputType.Number, "Device memory, gigabytes of 10^9 bytes.")
            {
                Required = true,
                Min = 1,
                Max = 10_000,
                Unit = "GB",
            },
            new("chips[].memory_bandwidth", InputType.Number, "Bandwidth of its memory.")
            {
                Required = true,
                Min = 10,
                Max = 1_000_000,
                Unit = "GB/s",
            },
            new(
                "chips[].link",
                InputType.Number,
                "Scale-up link to the other chips of its server, both directions together; silent where there is none but PCIe."
            )
            {
                Min = 1,
                Max = 100_000,
                Unit = "GB/s",
            },
            new("chips[].link_domain", InputType.Integer, "Chips that the link joins.")
            {
                Default = "8",
                Min = 1,
                Max = 4096,
                Unit = "GPU",
                Source = "the usual server",
            },
            new("chips[].board_power", InputType.Number, "Rated power of the board.")
            {
                Required = true,
                Min = 10,
                Max = 20_000,
                Unit = "W",
            },
            new(
                Servers,
                InputType.List,
                "Servers that the catalogue does not know, by their data sheets: wherever a server is named these may be."
            )
            {
                Min = 1,
                Max = 50,
            },
            new(
                $"{Servers}[].name",
                InputType.Text,
                "Its name, which the catalogue does not have yet."
            )
            {
                Required = true,
                Declares = Servers,
            },
            new(
                $"{Servers}[].accelerator",
                InputType.CatalogName,
                "Its chip, one of the file's own among them."
            )
            {
                Required = true,
                CatalogKind = Accelerator.Kind,
            },
            new($"{Servers}[].accelerators", InputType.Integer, "Chips in it.")
            {
                Default = "8",
                Min = 1,
                Max = 4096,
                Unit = "GPU",
                Source = "the usual server",
            },
            new(
                $"{Servers}[].power_busy",
                InputType.Number,
                "Power of the whole server while it computes, kW."
            )
            {
                Required = true,
                Min = 0.05,
                Max = 10_000,
                Unit = "kW",
            },
            new(
                $"{Servers}[].power_idle",
                InputType.Number,
                "Power while lit and idle; 0.2 of the busy one when silent."
            )
            {
                Min = 0,
                Max = 10_000,
                Unit = "kW",
            },
            new(
                $"{Servers}[].power_off",
                InputType.Number,
                "Power while switched off; 0.01 of the busy one when silent."
            )
            {
                Min = 0,
                Max = 10_000,
                Unit = "kW",
            },
        ];

    private static InputRow Rate(string key, string precision, string silent) =>
        new(
            $"chips[].{key}",
            InputType.Number,
            $"Dense {precision} rate, without the factor of two of sparse matrices{silent}."
        )
        {
            Min = 1,
            Max = 1_000_000,
            Unit = "TFLOP/s",
        };

    /// <summary>The view with the file's own chips and servers in it; the view itself where the file writes none.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="view">The catalogue of its day.</param>
    public static CatalogView In(InputValues values, CatalogView view)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(view);
        foreach (var chip in values.Items("chips"))
        {
            view = view.With(Chip(chip, view.AsOf));
        }
        foreach (var server in values.Items(Servers))
        {
            view = view.With(Server(server, view.AsOf));
        }
        return view;
    }

    private static CatalogEntry Chip(InputValues chip, DateOnly day)
    {
        var facts = new WrittenFacts(Accelerator.Kind, chip.Text("name"), day);
        var launch = chip.MonthOrNull("launch")?.FirstDay ?? day;
        facts.Add("vendor", chip.Text("vendor"));
        facts.Add("launch", launch.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        facts.Add(
            "tier",
            chip.TextOrNull("tier") ?? (chip.Number("bf16") >= LeastOfTop ? "H" : "A")
        );
        foreach (var (key, attribute) in _numbers)
        {
            if (chip.NumberOrNull(key) is not null)
            {
                facts.Add(attribute, chip.Sourced(key));
            }
        }
        return facts.Entry;
    }

    private static CatalogEntry Server(InputValues server, DateOnly day)
    {
        var facts = new WrittenFacts(Servers, server.Text("name"), day);
        var busy = server.Sourced("power_busy");
        facts.Add("accelerator", server.Text("accelerator"));
        facts.Add("accelerators", server.Sourced("accelerators"));
        facts.Add("power_busy", busy);
        facts.Add("power_idle", Part(server, "power_idle", busy, _idle, IdleSource));
        facts.Add("power_off", Part(server, "power_off", busy, _off, OffSource));
        return facts.Entry;
    }

    /// <summary>A power as stated, else the usual part of the busy one.</summary>
    private static InputNumber Part(
        InputValues server,
        string key,
        InputNumber busy,
        (double Value, double Low, double High) part,
        string source
    ) =>
        server.NumberOrNull(key) is not null
            ? server.Sourced(key)
            : new InputNumber(
                server.Path.Key(key).Text,
                busy.Value * part.Value,
                busy.Value * part.Low,
                busy.Value * part.High,
                "kW",
                source,
                Grade.D,
                true
            );

    /// <summary>What contradicts itself in the file's own chips and servers.</summary>
    /// <param name="values">The checked file.</param>
    public static IReadOnlyList<Finding> Findings(InputValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<Finding>();
        void Below(
            InputValues item,
            string key,
            string least,
            string remedy,
            Func<double, double, bool> broken
        )
        {
            if (
                item.NumberOrNull(key) is { } value
                && item.NumberOrNull(least) is { } other
                && broken(value, other)
            )
            {
                found.Add(
                    new Finding(
                        item.Path.Key(key),
                        "contradiction",
                        $"{NumberReading.Written(value)} beside {NumberReading.Written(other)} of {least}",
                        key.StartsWith("power", StringComparison.Ordinal)
                            ? $"at most that of {least}"
                            : $"at least that of {least}",
                        remedy
                    )
                );
            }
        }
        const string Rates =
            "Give dense rates, all of one data sheet; leave the key away where the chip multiplies none.";
        foreach (var chip in values.Items("chips"))
        {
            Below(chip, "fp8", "bf16", Rates, (narrow, wide) => narrow < wide);
            Below(chip, "fp4", "fp8", Rates, (narrow, wide) => narrow < wide);
            Below(chip, "fp4", "bf16", Rates, (narrow, wide) => narrow < wide);
        }
        const string Powers = "Give the power of the whole server in each state, in kW.";
        foreach (var server in values.Items(Servers))
        {
            Below(server, "power_idle", "power_busy", Powers, (less, more) => less > more);
            Below(server, "power_off", "power_idle", Powers, (less, more) => less > more);
            Below(server, "power_off", "power_busy", Powers, (less, more) => less > more);
        }
        return found;
    }
}
