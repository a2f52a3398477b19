using Plimsoll.Contracts;
using Plimsoll.Inputs;
using Plimsoll.Market.Motion;

namespace Plimsoll.Books;

/// <summary>Reads a book from a checked file and reports all that contradicts itself.</summary>
public static class BookReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="values">The checked file of kind book.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InputException">A name twice, a company that is not listed, more let than there is: all at once.</exception>
    public static LoanBook Read(InputValues values, string file)
    {
        ArgumentNullException.ThrowIfNull(values);
        var found = new List<Finding>();
        var parties = Parties(values, found);
        Twice(values, "loans", found);
        Twice(values, "chips", found);
        var loans = values.Items("loans").Select(l => Loan(l, parties, found)).ToList();
        if (found.Count > 0)
        {
            throw new InputException([
                .. found
                    .Select(f =>
                    {
                        var (line, column) = values.Place(f.Path);
                        return new LocatedFinding(file, line, column, f);
                    })
                    .OrderBy(f => f.Line)
                    .ThenBy(f => f.Column),
            ]);
        }
        return new LoanBook
        {
            Name = values.Text("name"),
            Explanation = values.TextOrNull("explanation") ?? "",
            Decided = values.Month("decided"),
            Market = values.Text("market"),
            Currency = MarketLink.Of(values.Text("market")).Currency,
            Draws = values.Integer("draws"),
            Seed = (ulong)values.Number("seed"),
            Glut = values.Number("glut"),
            DarkMonths = values.Integer("dark_months"),
            Counterparties = parties,
            Stocks = values
                .Items("chips")
                .ToDictionary(c => c.Text("name"), c => c.Number("stock"), StringComparer.Ordinal),
            NewPrices = values
                .Items("chips")
                .Where(c => c.NumberOrNull("new_price") is not null)
                .ToDictionary(
                    c => c.Text("name"),
                    c => c.Number("new_price"),
                    StringComparer.Ordinal
                ),
            Loans = loans,
        };
    }

    private static Dictionary<string, Counterparty> Parties(InputValues values, List<Finding> found)
    {
        Twice(values, "counterparties", found);
        var parties = new Dictionary<string, Counterparty>(StringComparer.Ordinal);
        var items = values.Items("counterparties");
        foreach (var c in items)
        {
            parties[c.Text("name")] = new Counterparty(c.Text("name"))
            {
                Class = BookInputs.Classes[c.Text("class")],
                YearlyDefaultRate = c.NumberOrNull("yearly_default_rate"),
            };
        }
        foreach (var c in items)
        {
            if (c.TextOrNull("parent") is not { } parent)
            {
                continue;
            }
            if (parties.TryGetValue(parent, out var above) && above.Name != c.Text("name"))
            {
                if (Cycle(c.Text("name"), items) is { } ring)
                {
                    found.Add(
                        new Finding(
                            c.Path.Key("parent"),
                            "contradiction",
                            $"'{InputText.Cut(c.Text("name"))}' among its own parents: {ring}",
                            "a company that stands above it",
                            "No company owns its owner: correct one of them, or leave 'parent' out."
                        )
                    );
                }
                // A parent's own parent is not followed: one step is what a file of loans knows.
                parties[c.Text("name")] = parties[c.Text("name")] with
                {
                    Parent = above with { Parent = null },
                };
            }
            else
            {
                found.Add(
                    parent == c.Text("name")
                        ? new Finding(
                            c.Path.Key("parent"),
                            "contradiction",
                            $"'{InputText.Cut(parent)}' as its own parent",
                            "another company",
                            "Name who stands above it, or leave 'parent' out."
                        )
                        : Unknown(c.Path.Key("parent"), parent, parties)
                );
            }
        }
        return parties;
    }

    /// <summary>The chain of parents that leads from a company back to it, in words; null when there is none.</summary>
    private static string? Cycle(string name, IReadOnlyList<InputValues> items)
    {
        var parents = items
            .Where(c => c.TextOrNull("parent") is not null)
            .GroupBy(c => c.Text("name"), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Text("parent"), StringComparer.Ordinal);
        var chain = new List<string> { name };
        while (parents.TryGetValue(chain[^1], out var next) && !chain.Skip(1).Contains(next))
        {
            chain.Add(next);
            if (next == name)
            {
                return string.Join(", ", chain.Select(c => $"'{InputText.Cut(c)}'"));
            }
        }
        return null;
    }

    private static BookLoan Loan(
        InputValues l,
        Dictionary<string, Counterparty> parties,
        List<Finding> found
    )
    {
        if (l.TextOrNull("operator") is { } runs && !parties.ContainsKey(runs))
        {
            found.Add(Unknown(l.Path.Key("operator"), runs, parties));
        }
        foreach (var lease in l.Items("leases"))
        {
            if (!parties.ContainsKey(lease.Text("tenant")))
            {
                found.Add(Unknown(lease.Path.Key("tenant"), lease.Text("tenant"), parties));
            }
        }
        var let = l.Items("leases").Sum(x => x.Number("accelerators"));
        if (let > l.Number("accelerators") * (1 + 1e-9))
        {
            found.Add(
                new Finding(
                    l.Path.Key("leases"),
                    "more-let-than-there-is",
                    $"{InputText.Plain(let)} accelerators let",
                    $"at most {InputText.Plain(l.Number("accelerators"))}, the loan's",
                    "Mend the leases or the number of accelerators."
                )
            );
        }
        var fill = l.Sourced("merchant_fill");
        return new BookLoan
        {
            Name = l.Text("name"),
            Outstanding = l.Number("outstanding"),
            Rate = l.Number("rate"),
            MonthsLeft = l.Integer("months_left"),
            Bullet = l.Text("repayment") == "bullet",
            Chip = l.Text("chip"),
            Accelerators = l.Number("accelerators"),
            AgeMonths = l.Integer("age_months"),
            Place = l.Text("place"),
            Operator = l.TextOrNull("operator") ?? "",
            RunningCost = l.Number("running_cost"),
            MerchantFill = (fill.Low, fill.Value, fill.High),
            ReserveMonths = l.Number("reserve_months"),
            Leases =
            [
                .. l.Items("leases")
                    .Select(x => new BookLease(
                        x.Text("tenant"),
                        x.Number("accelerators"),
                        x.Number("price_per_gpu_hour"),
                        x.Integer("months_left")
                    )),
            ],
        };
    }

    private static Finding Unknown(
        InputPath path,
        string name,
        Dictionary<string, Counterparty> parties
    )
    {
        var near = NearestName.Of(name, parties.Keys);
        return new Finding(
            path,
            "unknown-counterparty",
            $"'{InputText.Cut(name)}'",
            "a name under 'counterparties'",
            near is null ? "List it there." : $"Did you mean '{InputText.Cut(near)}'?"
        );
    }

    private static void Twice(InputValues values, string list, List<Finding> found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in values.Items(list))
        {
            if (!seen.Add(item.Text("name")))
            {
                found.Add(
                    new Finding(
                        item.Path.Key("name"),
                        "name-twice",
                        $"'{InputText.Cut(item.Text("name"))}' a second time",
                        "each name once",
                        "Mend the name."
                    )
                );
            }
        }
    }
}
