using System.Globalization;
using Plimsoll.Files;
using Plimsoll.Inputs;
using Plimsoll.Market.ContractMarket;
using Plimsoll.Quantities;

namespace Plimsoll.Market.MarketFiles;

/// <summary>Makes a market of a checked file, and refuses what cannot be run before it runs.</summary>
public sealed class MarketFileReader
{
    private readonly InputValues _values;
    private readonly StudyFolder _folder;

    /// <summary>Last month of a run on a national market: it is drawn month by month from 2023 and grows as it goes, and no law of it is meant for longer.</summary>
    internal static readonly Month LastNational = new(2050, 12);

    private readonly List<Finding> _findings = [];
    private readonly Month _start;
    private readonly int _months;

    private MarketFileReader(InputValues values, StudyFolder folder)
    {
        (_values, _folder) = (values, folder);
        _start = values.Month("start");
        _months = values.Integer("months");
    }

    /// <summary>Reads a market.</summary>
    /// <param name="values">The checked file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="folder">Where a price curve is looked for; the file's own folder when left out.</param>
    /// <exception cref="InputException">Impossible dates, no supply, names that do not match: all of them with their lines.</exception>
    /// <exception cref="InvalidDataException">The price curve cannot be read.</exception>
    public static MarketFile Read(InputValues values, string file, StudyFolder? folder = null)
    {
        using var culture = InvariantCulture.Begin();
        var reader = new MarketFileReader(values, folder ?? StudyFolder.Of(file));
        var market = reader.Market();
        return reader._findings.Count == 0
            ? market
            : throw new InputException([
                .. reader
                    ._findings.Select(f =>
                    {
                        var (line, column) = values.Place(f.Path);
                        return new LocatedFinding(file, line, column, f);
                    })
                    .OrderBy(f => f.Line)
                    .ThenBy(f => f.Column),
            ]);
    }

    private MarketFile Market()
    {
        var vouchers = _values.Items("vouchers").Select(Voucher).ToList();
        var centres = _values.Items("centres").Select(c => Centre(c, vouchers)).ToList();
        var set = Parameters();
        var national = _values.Text("base");
        if (
            national == "none"
            && centres.Count == 0
            && set.GetValueOrDefault(Parameter.BaseOrders) <= 0
        )
        {
            Refuse(
                _values.Path.Key("centres"),
                "no-supply",
                "no centre and no building",
                "at least one centre, or building.projects of more than 0",
                "A market needs something to rent: name a centre, or build on a national market with 'base:'."
            );
        }
        if (national != "none" && _start + (_months - 1) > LastNational)
        {
            Refuse(
                _values.Path.Key("start"),
                "too-far",
                $"a national market until {_start + (_months - 1)}",
                $"at most until {LastNational}",
                "Begin earlier or look ahead for fewer months: it is drawn from 2023 on, month by month, and knows nothing of later decades."
            );
        }
        foreach (
            var group in centres
                .Select((c, i) => (c.Name, i))
                .GroupBy(c => c.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1)
        )
        {
            Refuse(
                _values.Path.Key("centres").Item(group.Last().i).Key("name"),
                "duplicate-name",
                $"'{group.Key}' again",
                "each centre once",
                "Give the second one another name."
            );
        }
        return new MarketFile
        {
            Name = _values.Text("name"),
            Explanation = _values.TextOrNull("explanation") ?? "",
            Base = national,
            Start = _start,
            Months = _months,
            Currency = MarketInputs.CurrencyOf(_values),
            Draws = _values.Integer("draws"),
            Seed = (ulong)_values.Integer("seed"),
            Law = _values.Text("law") switch
            {
                "change" => RentLaw.Change,
                "level" => RentLaw.Level,
                "excess-demand" => RentLaw.ExcessDemand,
                _ => null,
            },
            Uncertain = _values.Flag("uncertain"),
            Set = set,
            World = _values.NumberOrNull("rents.world"),
            WorldGrowth = _values.Number("rents.world_growth"),
            Demand = [.. _values.Items("demand").Select(Demanded)],
            Centres = [.. centres.OrderBy(c => c.Announced)],
            Shocks = [.. _values.Items("shocks").Select(Shock)],
            Vouchers = vouchers,
            Curve = Curve(),
            Power = _values.NumberOrNull("building.power") ?? double.PositiveInfinity,
        };
    }

    private Dictionary<Parameter, double> Parameters()
    {
        var set = new Dictionary<Parameter, double>();
        void Put(string path, Parameter parameter)
        {
            if (
                _values.NumberOrNull(path) is { } value
                && (_values.Has(path) || path == "building.projects")
            )
            {
                set[parameter] = value;
            }
        }
        Put("rents.start", Parameter.RentStart);
        Put("rents.reference", Parameter.ReferenceRent);
        Put("rents.server_price", Parameter.ServerCost);
        Put("building.servers", Parameter.ProjectSize);
        Put("building.lag", Parameter.BuildLag);
        if (_values.Text("base") == "none")
        {
            Put("building.projects", Parameter.BaseOrders);
        }
        var national = _values.Text("base");
        var priors = Prior.Of(
            national != "none" ? national
            : MarketInputs.CurrencyOf(_values) == Currency.Cny ? "china"
            : "us"
        );
        foreach (var item in _values.Items("parameters"))
        {
            var parameter = Enum.Parse<Parameter>(item.Text("name"));
            var value = item.Number("value");
            var (low, high) = priors.First(p => p.Parameter == parameter).Bounds;
            if (!(value >= low && value <= high))
            {
                Refuse(
                    item.Path.Key("value"),
                    "out-of-range",
                    string.Create(CultureInfo.InvariantCulture, $"{value:G6}"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{parameter} from {low:G4} to {high:G4}"
                    ),
                    "See docs/model/market.md for its unit and prior."
                );
            }
            set[parameter] = value;
        }
        return set;
    }

    private CentreSeed Centre(InputValues c, List<VoucherScheme> vouchers)
    {
        var online = At(c, "online", 0);
        var scheme = -1;
        if (c.TextOrNull("voucher") is { } name)
        {
            scheme = vouchers.FindIndex(v => v.Name == name);
            if (scheme < 0)
            {
                var near = NearestName.Of(name, vouchers.Select(v => v.Name));
                Refuse(
                    c.Path.Key("voucher"),
                    "unknown-voucher",
                    $"'{name}'",
                    "the name of a scheme under 'vouchers'",
                    near is null
                        ? "Add the scheme, or take the line away."
                        : $"Did you mean '{near}'?"
                );
            }
        }
        if (online >= _months)
        {
            Late(c, "online", "Take the centre out, or run more months.");
        }
        return new CentreSeed
        {
            Name = c.Text("name"),
            Tier = Enum.Parse<Tier>(c.Text("tier")),
            Accelerators = (int)Math.Round(c.Number("servers")) * 8,
            Announced = Math.Min(0, online),
            Online = online,
            Capability = c.NumberOrNull("capability") ?? double.NaN,
            Reach = c.NumberOrNull("reach") ?? double.NaN,
            Fabric = c.NumberOrNull("fabric") ?? double.NaN,
            Eligible = c.NumberOrNull("eligible") ?? double.NaN,
            MinimumLot = c.Integer("minimum_lot"),
            AvoidableCost = c.NumberOrNull("avoidable_cost") ?? double.NaN,
            Markup = c.NumberOrNull("ask") is { } ask ? Math.Log(ask) : double.NaN,
            Scheme = scheme,
        };
    }

    private FileDemand Demanded(InputValues d)
    {
        var from = At(d, "from", 0);
        var until = At(d, "until", int.MaxValue);
        Order(d, from, until);
        if (from >= _months)
        {
            Late(d, "from", "Take the demand out, or run more months.");
        }
        return new FileDemand(
            NeedOf(d.Text("need"))!.Value,
            d.Number("servers"),
            d.Number("growth"),
            from,
            until
        );
    }

    private FileShock Shock(InputValues s)
    {
        var month = At(s, "month", 0);
        if (month >= _months || month < 0)
        {
            Late(s, "month", "Put the shock inside the months that are run.");
        }
        return new FileShock(month, NeedOf(s.Text("need")), s.Number("saved"));
    }

    private VoucherScheme Voucher(InputValues v)
    {
        var from = At(v, "from", 0);
        var until = At(v, "until", int.MaxValue);
        Order(v, from, until);
        return new VoucherScheme(
            v.Text("name"),
            v.Number("share"),
            v.NumberOrNull("cap_per_user") ?? double.PositiveInfinity,
            v.Number("budget_per_year"),
            Math.Max(0, from),
            until
        );
    }

    private PriceCurve? Curve()
    {
        if (_values.TextOrNull("price_curve") is not { } name)
        {
            return null;
        }
        try
        {
            return PriceCurve.Parse(_folder.Read(name, FileBounds.Table).Text(), name);
        }
        catch (FileRefusedException refusal)
        {
            _findings.Add(refusal.At(_values.Path.Key("price_curve")));
            return null;
        }
    }

    private static Need? NeedOf(string word) =>
        word switch
        {
            "training" => Need.Training,
            "small" => Need.Small,
            "inference" => Need.Inference,
            _ => null,
        };

    private int At(InputValues values, string key, int absent) =>
        values.MonthOrNull(key) is { } month ? month - _start : absent;

    private void Order(InputValues values, int from, int until)
    {
        if (until <= from)
        {
            Refuse(
                values.Path.Key("until"),
                "impossible-date",
                $"'{values.Text("until")}'",
                "a month after 'from'",
                "Swap the two, or take one away."
            );
        }
    }

    private void Late(InputValues values, string key, string remedy) =>
        Refuse(
            values.Path.Key(key),
            "impossible-date",
            $"'{values.Text(key)}'",
            $"a month from {_start} to {_start + (_months - 1)}",
            remedy
        );

    private void Refuse(
        InputPath path,
        string rule,
        string found,
        string expected,
        string remedy
    ) => _findings.Add(new Finding(path, rule, found, expected, remedy));
}
