using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <content>Occupancy and rent at which cost, debt service and the equity hurdle are met.</content>
public sealed partial class ProjectFigures
{
    private const double Most = 64;

    private IEnumerable<StatedFigure> BreakEvens()
    {
        var (operating, service) = (Level(0, flow.Months - 1, false), DebtLevel());
        var equity = EquityFactor();
        const string Held = "costs as given; above 1 means never";
        yield return Occupancy(
            "operating_cost",
            "operating cost",
            operating,
            $"sum of running cost over sum of installed hours at the mean rent; {Held}"
        );
        yield return Occupancy(
            "debt_service",
            "debt service",
            service,
            $"the same with interest and principal due, of debt repaid early from cash its whole schedule, over the months from the first payment to maturity; no tax, working capital, reserve or sale; {Held}"
        );
        var all = Level(0, flow.Months - 1, false);
        yield return State(
            "break_even_occupancy_equity_hurdle",
            "Break-even occupancy for the equity hurdle",
            equity.HasValue && all.Occupancy.HasValue ? Figure.Of(equity.Value * all.Sold) : equity,
            "share of installed hours",
            $"hours sold scaled alike in every month at the rents given until equity value is 0, debt held as contracted; {Held}"
        );
        yield return Rent(
            "operating_cost",
            "operating cost",
            operating,
            "sum of running cost over hours sold"
        );
        yield return Rent(
            "debt_service",
            "debt service",
            service,
            "the same with interest and principal due, of debt repaid early from cash its whole schedule, over the months from the first payment to maturity"
        );
        yield return State(
            "break_even_rent_equity_hurdle",
            "Break-even rent for the equity hurdle",
            equity.HasValue && all.Rent.HasValue ? Figure.Of(equity.Value * all.MeanRent) : equity,
            $"{_money} per hour",
            "every rent scaled alike at the hours given until equity value is 0, debt held as contracted; the mean of it"
        );
    }

    private StatedFigure Occupancy(string key, string name, BreakLevel level, string convention) =>
        State(
            $"break_even_occupancy_{key}",
            $"Break-even occupancy for {name}",
            level.Occupancy,
            "share of installed hours",
            convention
        );

    private StatedFigure Rent(string key, string name, BreakLevel level, string convention) =>
        State(
            $"break_even_rent_{key}",
            $"Break-even rent for {name}",
            level.Rent,
            $"{_money} per hour",
            convention
        );

    private BreakLevel DebtLevel() =>
        HasDebt && FirstPayment <= LastPayment
            ? Level(FirstPayment, LastPayment, true)
            : new BreakLevel(_noDebt, _noDebt, 0, 0);

    /// <summary>True when debt is repaid early, which it would not be where cash just pays it: then its whole schedule falls due.</summary>
    private bool Swept => flow.DefaultMonth < 0 && flow.Prepaid.Sum() > DebtRun.Cent;

    private double Due(int month) =>
        Swept ? model.Debt.Service[month] : flow.InterestDue[month] + flow.PrincipalDue[month];

    private BreakLevel Level(int from, int to, bool withDebt)
    {
        double cost = 0,
            hours = 0,
            installed = 0,
            revenue = 0;
        for (var m = from; m <= to; m++)
        {
            cost += flow.RunningCost[m];
            cost += withDebt ? Due(m) : 0;
            hours += flow.GpuHours[m];
            installed += _cameAbout.Installed[m] * _cameAbout.Hours(m);
            revenue += _cameAbout.Revenue(m);
        }
        var none = Figure.Refused("no hour is sold");
        return hours > 0 && revenue > 0 && installed > 0
            ? new BreakLevel(
                Figure.Of(cost / (revenue / hours * installed)),
                Figure.Of(cost / hours),
                hours / installed,
                revenue / hours
            )
            : new BreakLevel(none, none, 0, 0);
    }

    /// <summary>The factor on revenue at which equity is worth nothing at its hurdle.</summary>
    private Figure EquityFactor()
    {
        if (flow.EquityIn.Sum() <= 0)
        {
            return Figure.Refused("no equity is paid in");
        }
        if (flow.GpuHours.Sum() <= 0)
        {
            return Figure.Refused("no hour is sold");
        }
        double Value(double factor) =>
            Returns.NetPresentValue(model.Run(Scaled(factor)).EquityFlow(), Terms.EquityHurdle);
        double low = 0,
            high = 1;
        if (Value(0) >= 0)
        {
            return Figure.Refused("equity meets its hurdle with nothing sold");
        }
        while (high < Most && Value(high) < 0)
        {
            (low, high) = (high, high * 2);
        }
        if (high >= Most && Value(high) < 0)
        {
            return Figure.Refused("equity misses its hurdle at any price");
        }
        for (var k = 0; k < 40; k++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Value(middle) < 0 ? (middle, high) : (low, middle);
        }
        return Figure.Of(0.5 * (low + high));
    }

    private MonthlyOutlook Scaled(double factor) =>
        outlook with
        {
            Sales =
            [
                .. outlook.Sales.Select(s =>
                    s with
                    {
                        PricePerGpuHour = [.. s.PricePerGpuHour.Select(p => p * factor)],
                    }
                ),
            ],
            ContractedRevenue = [.. outlook.ContractedRevenue.Select(r => r * factor)],
            SubsidyIncluded = [.. outlook.SubsidyIncluded.Select(r => r * factor)],
        };

    /// <summary>A break-even over some months.</summary>
    private readonly record struct BreakLevel(
        Figure Occupancy,
        Figure Rent,
        double Sold,
        double MeanRent
    );
}
