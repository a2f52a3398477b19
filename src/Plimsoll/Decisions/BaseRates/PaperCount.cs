namespace Plimsoll.Decisions.BaseRates;

/// <summary>Counts papers so that no tenant and no megawatt counts twice, the firmest first.</summary>
/// <remarks>
/// Papers are taken in falling order of their rate, then of their firmness, those that are alike together, so that no order of the list
/// matters. One that is worth no more than the claim itself covers nothing. A tenant's papers
/// describe one need unless they say otherwise: together they count for the largest of them, or for the need that is known. Papers
/// that rest on one capacity count together for no more than it is. A claim is covered once. Tenants without a name cannot be told apart and
/// count as one.
/// </remarks>
public static class PaperCount
{
    /// <summary>Counts papers.</summary>
    /// <param name="papers">All papers of all claims.</param>
    /// <param name="claims">What each claim speaks of.</param>
    /// <param name="needs">What a tenant is known to need in all, by its name.</param>
    /// <param name="capacities">What a capacity is in all, by its name; where not given, the largest paper on it.</param>
    /// <param name="rate">The rate of a paper.</param>
    /// <returns>One entry a paper, in the order given.</returns>
    public static IReadOnlyList<CountedPaper> Of(
        IReadOnlyList<Paper> papers,
        IReadOnlyList<double> claims,
        IReadOnlyDictionary<string, double> needs,
        IReadOnlyDictionary<string, double> capacities,
        Func<Paper, double> rate
    )
    {
        double[] rates = [.. papers.Select(rate)];
        var counted = new double[papers.Count];
        Cut[] cut = [.. papers.Select(p => p.Firmness == Firmness.Bare ? Cut.Bare : Cut.None)];
        double[] left = [.. claims];
        var tenants = new Dictionary<string, Tenant>(StringComparer.Ordinal);
        var used = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (
            var level in Enumerable
                .Range(0, papers.Count)
                .Where(i => papers[i].Firmness > Firmness.Bare)
                .GroupBy(i => (rates[i], papers[i].Firmness))
                .OrderByDescending(g => g.Key)
        )
        {
            int[] here = [.. level];
            foreach (var i in here)
            {
                counted[i] = papers[i].Amount;
            }
            // One paper filed four times is one paper: it must not take a larger part of the tenant's need from the claims of others.
            foreach (
                var same in here.Where(i => !papers[i].Additional)
                    .GroupBy(i => (papers[i].Tenant, papers[i].Claim))
            )
            {
                Scale([.. same], same.Max(i => papers[i].Amount), Cut.Tenant);
            }
            foreach (var of in here.GroupBy(i => papers[i].Tenant))
            {
                if (!tenants.TryGetValue(of.Key, out var tenant))
                {
                    tenants[of.Key] = tenant = new Tenant(
                        needs.TryGetValue(of.Key, out var need) ? need : null
                    );
                }
                Scale([.. of], tenant.Room([.. of.Select(i => papers[i])]), Cut.Tenant);
            }
            foreach (
                var on in here.Where(i => papers[i].Capacity.Length > 0)
                    .GroupBy(i => papers[i].Capacity)
            )
            {
                var size = capacities.TryGetValue(on.Key, out var known)
                    ? known
                    : papers.Where(p => p.Capacity == on.Key).Max(p => p.Amount);
                Scale([.. on], size - used.GetValueOrDefault(on.Key), Cut.Capacity);
                used[on.Key] = used.GetValueOrDefault(on.Key) + on.Sum(i => counted[i]);
            }
            foreach (var of in here.GroupBy(i => papers[i].Claim))
            {
                Scale([.. of], left[of.Key], Cut.Claim);
                left[of.Key] -= of.Sum(i => counted[i]);
            }
            foreach (var of in here.GroupBy(i => papers[i].Tenant))
            {
                tenants[of.Key].Take([.. of.Select(i => papers[i])], of.Sum(i => counted[i]));
            }
        }
        return [.. papers.Select((p, i) => new CountedPaper(p, counted[i], rates[i], cut[i]))];

        void Scale(int[] which, double room, Cut why)
        {
            var sum = which.Sum(i => counted[i]);
            if (sum <= room || sum <= 0)
            {
                return;
            }
            var factor = Math.Max(0, room) / sum;
            foreach (var i in which)
            {
                counted[i] *= factor;
                cut[i] = cut[i] == Cut.None ? why : cut[i];
            }
        }
    }

    /// <summary>What of a tenant's need is counted.</summary>
    private sealed class Tenant(double? need)
    {
        private double _taken;
        private double _largest;

        public double Room(IReadOnlyList<Paper> papers)
        {
            if (need is { } known)
            {
                return known - _taken;
            }
            var one = papers.Where(p => !p.Additional).Select(p => p.Amount).DefaultIfEmpty(0);
            return Math.Max(0, one.Max() - _largest)
                + papers.Where(p => p.Additional).Sum(p => p.Amount);
        }

        public void Take(IReadOnlyList<Paper> papers, double counted)
        {
            _taken += counted;
            _largest = papers
                .Where(p => !p.Additional)
                .Select(p => p.Amount)
                .Append(_largest)
                .Max();
        }
    }
}
