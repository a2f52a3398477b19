using Plimsoll.Outlooks;
using Plimsoll.Sites;
using Plimsoll.Studies.Model;

namespace Plimsoll.Studies.Options;

/// <summary>The hall of accelerators that left is paid for until its notice has run out, by fleet.</summary>
/// <param name="Months">Months of notice, 0 or more.</param>
public sealed record HallNotice(int Months) : ICourseEffect
{
    /// <inheritdoc/>
    public MonthlyOutlook Apply(StudyCase study, FleetSites sites, MonthlyOutlook outlook)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(outlook);
        if (Months == 0)
        {
            return outlook;
        }
        var due = new double[outlook.Months];
        foreach (var months in outlook.Fleets)
        {
            var fleet = study.Fleets.First(f => f.Name == months.Fleet);
            var monthly =
                sites.Of(fleet).PartsPerLetHour().First(p => p.Name == SiteModel.HallPart).PerHour
                * FleetSites.HoursPerMonth;
            var before = 0.0;
            for (var m = 0; m < outlook.Months; m++)
            {
                var planned = fleet.Online <= outlook.Start + m ? fleet.Accelerators : 0;
                var gone = Math.Max(0, planned - months.Installed[m]);
                for (var k = m; k < Math.Min(outlook.Months, m + Months); k++)
                {
                    due[k] += Math.Max(0, gone - before) * monthly;
                }
                before = gone;
            }
        }
        return outlook with
        {
            Costs =
            [
                .. outlook.Costs,
                new CostSplit(
                    "hall of accelerators sold, until its notice has run out",
                    new double[due.Length],
                    new double[due.Length],
                    due
                ),
            ],
        };
    }
}
