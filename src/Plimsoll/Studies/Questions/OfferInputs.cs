using Plimsoll.Inputs;
using Plimsoll.Outlooks;
using Plimsoll.Studies.Model;
using Plimsoll.Studies.Options.Owner;

namespace Plimsoll.Studies.Questions;

/// <summary>The lease on the table.</summary>
internal static class OfferInputs
{
    /// <summary>Chance a month that a tenant of whom nothing is known breaks a contract; own prior, the default of its row.</summary>
    public const double UsualBreachHazard = 0.01;

    /// <summary>Rows of section <c>offer</c>.</summary>
    public static IReadOnlyList<InputRow> Rows { get; } =
    [
        new("offer", InputType.Section, "The lease on the table, when the question is the offer."),
        new("offer.tenant", InputType.Text, "Who offers to rent.")
        {
            Default = TenantsToBeSigned.Unnamed,
        },
        new("offer.servers", InputType.Number, "Servers asked for.")
        {
            Required = true,
            Min = 0,
            Max = 1_000_000,
            Unit = "servers",
        },
        new(
            "offer.fleet",
            InputType.Text,
            "Name of the fleet that would serve it; all fleets together when silent."
        ),
        new(
            "offer.price_per_gpu_hour",
            InputType.Number,
            "Price offered for an accelerator-hour, tax excluded, in the study's currency."
        )
        {
            Required = true,
            Min = 0,
            Max = 10_000,
            Unit = "1",
            Money = "/GPU-h",
        },
        new("offer.tenor", InputType.Integer, "Months offered from the month the fleet is ready.")
        {
            Required = true,
            Min = 1,
            Max = 240,
            Unit = "months",
        },
        new("offer.take_or_pay", InputType.Number, "Share paid whether used or not.")
        {
            Default = "1",
            Min = 0,
            Max = 1,
            Unit = "fraction",
        },
        new("offer.prepaid_months", InputType.Number, "Months of rent paid at signing.")
        {
            Default = "0",
            Min = 0,
            Max = 60,
            Unit = "months",
        },
        new(
            "offer.monthly_breach_hazard",
            InputType.Number,
            "Chance a month that the tenant breaks the contract."
        )
        {
            Default = "0.01",
            DefaultLow = 0.002,
            DefaultHigh = 0.03,
            Min = 0,
            Max = 1,
            Unit = "fraction",
            Source = "own prior; replace it with your own figure",
        },
    ];

    /// <summary>The question of the lease that a file describes.</summary>
    public static OfferQuestion Read(InputValues file)
    {
        var offer = file.Section("offer");
        var hazard = offer.Sourced("monthly_breach_hazard");
        return new OfferQuestion(
            offer.Number("servers"),
            new LeaseCase(
                new SignedLease(
                    offer.Text("tenant"),
                    0,
                    offer.Number("price_per_gpu_hour"),
                    offer.Integer("tenor"),
                    offer.Number("take_or_pay"),
                    offer.Number("prepaid_months"),
                    hazard.Value
                )
                {
                    Fleet = offer.TextOrNull("fleet"),
                },
                hazard
            ),
            OwnerOptions.Read(file)
        );
    }

    /// <summary>True when every fleet of the file came by the month after the decision.</summary>
    public static bool Stands(InputValues file) =>
        file.Items("fleet").All(f => f.Month("online") <= file.Month("decided") + 1);
}
