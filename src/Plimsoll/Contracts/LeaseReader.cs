using Plimsoll.Inputs;
using Plimsoll.Quantities;

namespace Plimsoll.Contracts;

/// <summary>Reads leases, operator and backstop from a checked file whose table has the rows of <see cref="LeaseInputs"/>.</summary>
/// <param name="start">First month of the outlook.</param>
/// <param name="operatorName">Who operates: the parent of an affiliate that names none.</param>
public sealed class LeaseReader(Month start, string operatorName)
{
    /// <summary>What a lease says.</summary>
    /// <param name="lease">One item of the list.</param>
    /// <param name="accelerators">Accelerators rented.</param>
    public LeaseTerms Lease(InputValues lease, double accelerators) =>
        new(
            lease.TextOrNull("name") ?? lease.Text("tenant"),
            Tenant(lease),
            accelerators,
            lease.Number("price_per_gpu_hour"),
            lease.Integer("tenor")
        )
        {
            MonthsRun = lease.Integer("months_run"),
            Arrears = Arrears(lease, accelerators),
            ArrearsMonths = lease.Integer("arrears_months"),
            TakeOrPayShare = lease.Number("take_or_pay"),
            PrepaidMonths = lease.Number("prepaid_months"),
            Steps =
            [
                .. lease
                    .Items("steps")
                    .Select(s => new PriceStep(s.Integer("from"), s.Number("price_per_gpu_hour")))
                    .OrderBy(s => s.FromMonth),
            ],
            IndexPerYear = lease.Number("index"),
            Delivery = lease.MonthOrNull("ready") is { } ready
                ? new DeliveryTerms(
                    ready - start,
                    lease.Has("long_stop") ? lease.Integer("long_stop") : 1200,
                    lease.Number("delay_damages")
                )
                : null,
            Availability = lease.NumberOrNull("availability") is { } promised
                ? new AvailabilityTerms(
                    promised,
                    lease.Number("availability_credit"),
                    lease.Number("availability_credit_cap"),
                    lease.NumberOrNull("terminate_below") ?? 0,
                    lease.Integer("terminate_after")
                )
                : null,
            Exit = lease.Has("exit_after")
                ? new ConvenienceExit(
                    lease.Integer("exit_after"),
                    lease.NumberOrNull("exit_fee") ?? 0
                )
                : null,
            Extension = lease.Has("extension")
                ? new ExtensionTerms(
                    lease.Integer("extension"),
                    lease.NumberOrNull("extension_price") ?? 1
                )
                : null,
            TerminationMonths = lease.Number("termination_months"),
        };

    /// <summary>Rent due and not paid: as stated, or months of the rent agreed at a month of 730 hours.</summary>
    private static double Arrears(InputValues lease, double accelerators)
    {
        const double HoursOfMonth = 730;
        return lease.Number("months_behind") is > 0 and var months
            ? months * accelerators * HoursOfMonth * lease.Number("price_per_gpu_hour")
            : lease.Number("arrears");
    }

    /// <summary>True when the tenant of a lease is behind with its rent.</summary>
    public static bool InArrears(InputValues lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return lease.Number("arrears") > 0 || lease.Number("months_behind") > 0;
    }

    /// <summary>Who rents, as a credit.</summary>
    public Counterparty Tenant(InputValues lease)
    {
        var of = ClassOf(lease, "class");
        var slopes = lease.Has("breach_per_log") || lease.Has("reprice_per_log");
        var printed = of is { } c ? CreditTerms.Of(c).Pressure : MarketPressure.None;
        return new Counterparty(lease.Text("tenant"))
        {
            Class = of,
            MonthlyHazard =
                lease.Has("monthly_breach_hazard") || (of is null && !lease.Has("default_rate"))
                    ? lease.Number("monthly_breach_hazard")
                    : null,
            FirstYearFactor = InArrears(lease) ? lease.Number("arrears_default_factor") : 1,
            YearlyDefaultRate = lease.NumberOrNull("default_rate"),
            Recovery = lease.NumberOrNull("recovery"),
            FactorLoading = lease.NumberOrNull("credit_loading"),
            Pressure = slopes
                ? new MarketPressure(
                    lease.NumberOrNull("breach_per_log") ?? printed.BreachPerLog,
                    lease.NumberOrNull("reprice_per_log") ?? printed.RepricePerLog
                )
                : null,
            Guarantor = lease.TextOrNull("guarantor") is { } guarantor
                ? new Counterparty(guarantor) { Class = ClassOf(lease, "guarantor_class") }
                : null,
            Parent =
                lease.TextOrNull("parent") is { } parent
                    ? new Counterparty(parent) { Class = ClassOf(lease, "parent_class") }
                : of == CreditClass.Affiliate ? new Counterparty(operatorName)
                : null,
        };
    }

    /// <summary>The class of an operator of which the file says nothing, where it says the class of a tenant.</summary>
    public const CreditClass SilentOperator = CreditClass.RatedBelow;

    /// <summary>The operator as a company that may fail; null when the file says neither what it is as a credit nor the class of any tenant: then stated hazards alone govern.</summary>
    /// <param name="file">The whole file.</param>
    public OperatorTerms? Operator(InputValues file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var byClass = file.Items("signed").Any(l => l.Has("class"));
        if (!file.Has("operator") && !byClass)
        {
            return null;
        }
        var section = file.Section("operator");
        var hazard = section.NumberOrNull("monthly_hazard");
        var of = ClassOf(section, "class");
        return new OperatorTerms(
            new Counterparty(operatorName)
            {
                Class = of is null && hazard is null && byClass ? SilentOperator : of,
                MonthlyHazard = hazard,
            }
        )
        {
            Assumed = !file.Has("operator"),
            StepIn = section.Flag("step_in"),
            DarkMonths = section.Integer("dark_months"),
            FeeShare = section.Number("fee"),
            TenantStays = section.Number("tenant_stays"),
        };
    }

    /// <summary>Chance a month that the operator fails: as stated, else that of its class with the class's range; null for one that never does.</summary>
    /// <param name="file">The whole file.</param>
    public InputNumber? OperatorHazard(InputValues file)
    {
        const string Key = "monthly_hazard";
        if (Operator(file) is not { } terms)
        {
            return null;
        }
        var section = file.Section("operator");
        if (section.Has(Key))
        {
            return section.Sourced(Key);
        }
        if (terms.Operator.Class is not { } of)
        {
            return null;
        }
        var credit = CreditTerms.Of(of);
        static double Monthly(double yearly) => 1 - Math.Pow(1 - yearly, 1.0 / 12);
        return new InputNumber(
            $"operator.{Key}",
            Monthly(credit.YearlyDefaultRate),
            Monthly(credit.Low),
            Monthly(credit.High),
            "fraction",
            $"class {CreditTerms.Word(of)}: {credit.Source}",
            section.Has("class") ? credit.Grade : Grade.D,
            true
        );
    }

    /// <summary>The promise to buy unsold hours; null when the file has no section <c>backstop</c>.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="perServer">Accelerators of a server.</param>
    public CapacityBackstop? Backstop(InputValues file, double perServer)
    {
        if (!file.Has("backstop"))
        {
            return null;
        }
        var section = file.Section("backstop");
        return new CapacityBackstop(
            new Counterparty(section.Text("buyer"))
            {
                Class = ClassOf(section, "class"),
                MonthlyHazard = section.NumberOrNull("monthly_hazard"),
            },
            section.Number("price_per_gpu_hour"),
            section.Number("servers") * perServer,
            section.Month("from") - start,
            section.Month("until") - start
        );
    }

    private static CreditClass? ClassOf(InputValues values, string key) =>
        values.TextOrNull(key) is { } word ? CreditTerms.Parse(word) : null;
}
