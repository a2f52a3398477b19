using Plimsoll.Quantities;

namespace Plimsoll.Market.VoucherDesign;

/// <summary>A voucher design in phrases, said in any language by those who print it.</summary>
public static class VoucherWords
{
    /// <summary>Share of what is paid above which it is said that owners get it.</summary>
    private const double ToOwners = 0.5;

    /// <summary>The title.</summary>
    public static Phrase Heading(VoucherResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Phrase.Of("voucher.heading", result.File.Name, result.File.Market.Name);
    }

    /// <summary>What stands empty without a scheme.</summary>
    public static Phrase Empty(VoucherResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Phrase.Of("voucher.empty", result.Empty, result.File.Market.Draws);
    }

    /// <summary>A scheme in a sentence.</summary>
    public static Phrase Scheme(VoucherResult result, SchemeResult scheme)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme.Budget <= 0 || scheme.Face <= 0
            ? Phrase.Of("voucher.line.none", scheme.Face)
            : Phrase.Of(
                "voucher.line",
                scheme.Face,
                scheme.Budget,
                Code(result),
                scheme.Paid,
                scheme.Added,
                scheme.AddedError,
                scheme.Anyway,
                PerHour(result, scheme),
                scheme.Empty,
                Mark(result, scheme)
            );
    }

    /// <summary>What more budget would do: nothing where users do not take it all.</summary>
    private static Phrase Mark(VoucherResult result, SchemeResult scheme) =>
        Phrase.Of(
            !double.IsNaN(scheme.PerHour) && scheme.PerHour > result.HourWorth ? "voucher.dear"
            : !scheme.Binding ? "voucher.unused"
            : scheme.Saturated ? "voucher.saturated"
            : "voucher.open"
        );

    /// <summary>Money an added hour with its interval.</summary>
    public static Phrase PerHour(VoucherResult result, SchemeResult scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return double.IsNaN(scheme.PerHour)
            ? Phrase.Of("voucher.perhour.none")
            : Phrase.Of(
                "voucher.perhour",
                scheme.PerHour,
                Code(result),
                scheme.PerHourLow,
                scheme.PerHourHigh
            );
    }

    /// <summary>The best scheme, who gains by it, and where more budget buys little.</summary>
    public static IReadOnlyList<Phrase> Best(VoucherResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var limit = result.File.Limit;
        List<Phrase> said =
        [
            Phrase.Of(
                result.File.HourWorth is null ? "voucher.worth" : "voucher.worth.stated",
                result.Rent,
                Code(result),
                result.HourWorth
            ),
        ];
        // Only small tenants' demand answers to a voucher; of the others that none is added is assumed, not found.
        said.Add(
            Phrase.Of(
                result.File.Needs.Count > 0 && !result.File.Needs.Contains(Need.Small)
                    ? "voucher.assumed.none"
                    : "voucher.assumed"
            )
        );
        if (result.Best is not { } best)
        {
            said.Add(
                result.Cheapest is { } cheapest
                    ? Phrase.Of(
                        "voucher.best.dear",
                        limit,
                        Code(result),
                        cheapest.Face,
                        cheapest.Budget,
                        PerHour(result, cheapest),
                        result.HourWorth
                    )
                    : Phrase.Of("voucher.best.none", limit, Code(result))
            );
            return said;
        }
        said.AddRange([
            Phrase.Of(
                "voucher.best",
                limit,
                Code(result),
                best.Face,
                best.Budget,
                best.Added,
                PerHour(result, best)
            ),
            Phrase.Of(
                "voucher.gains",
                best.OwnersHere,
                best.OwnersElsewhere,
                best.Tenants,
                Code(result),
                best.Here,
                best.Elsewhere
            ),
        ]);
        var owners = (best.OwnersHere + best.OwnersElsewhere) / best.Paid;
        if (best.Paid > 0 && owners > ToOwners)
        {
            said.Add(Phrase.Of("voucher.gains.rents", owners));
        }
        var unused = result.Schemes.FirstOrDefault(s =>
            s.Face == best.Face && s is { Budget: > 0, Binding: false }
        );
        var saturated = result.Schemes.FirstOrDefault(s =>
            s.Face == best.Face && s is { Saturated: true, Binding: true }
        );
        if (saturated is not null)
        {
            said.Add(Phrase.Of("voucher.best.saturated", saturated.Budget, Code(result)));
        }
        if (unused is not null)
        {
            said.Add(Phrase.Of("voucher.best.unused", unused.Budget, Code(result), unused.Paid));
        }
        return said;
    }

    /// <summary>A form of support in a sentence.</summary>
    public static Phrase Form(VoucherResult result, SchemeResult form)
    {
        ArgumentNullException.ThrowIfNull(form);
        object[] said =
        [
            Phrase.Of($"voucher.form.{form.Form}"),
            form.Paid,
            form.Added,
            form.AddedError,
            PerHour(result, form),
        ];
        return form.HallAccelerators > 0
            ? double.IsNaN(form.PerHour)
                ? Phrase.Of("voucher.form.line.hall", [.. said, form.HallAccelerators])
                : Phrase.Of(
                    "voucher.form.line.hall.whole",
                    [
                        .. said,
                        form.HallAccelerators,
                        result.Money / result.File.BuildShare / form.Added,
                    ]
                )
            : Phrase.Of("voucher.form.line", said);
    }

    /// <summary>Everything, headings first in each group.</summary>
    public static IReadOnlyList<(bool Item, Phrase Said)> Lines(VoucherResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            (false, Heading(result)),
            (false, Empty(result)),
            .. Best(result).Select(b => (false, b)),
            (false, Phrase.Of("voucher.schemes")),
            .. result.Schemes.Select(s => (true, Scheme(result, s))),
            .. result.Forms.Count > 0
                ? new[] { (false, Phrase.Of("voucher.forms", result.Money, Code(result))) }
                : [],
            .. result.Forms.Select(f => (true, Form(result, f))),
        ];
    }

    private static string Code(VoucherResult result) => result.File.Market.Currency.Code;
}
