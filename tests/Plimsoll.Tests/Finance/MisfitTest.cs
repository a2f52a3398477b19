using Plimsoll.Finance;
using Xunit;

namespace Plimsoll.Tests.Finance;

/// <summary>A search that changes repayment or tenor of a loan of any kind leaves no instrument that contradicts it.</summary>
public sealed class MisfitTest
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    private static readonly string[] _instruments = ["refinance", "amortisation", "pik"];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Changed_terms_are_sound(int seed)
    {
        var terms = new RandomFinance(seed).Terms();
        foreach (var t in terms.Tranches)
        {
            foreach (
                var repayment in new[]
                {
                    Repayment.Annuity,
                    Repayment.Bullet,
                    Repayment.Instalments,
                }
            )
            {
                foreach (var tenor in new[] { 1, 12, 36, 120 })
                {
                    var changed = t with
                    {
                        Repayment = repayment,
                        TenorMonths = tenor,
                        PaymentEveryMonths = 1,
                        Instalments = [new InstalmentSpan(1, tenor)],
                    };
                    var found = FinanceCheck.Of(
                        terms with
                        {
                            Tranches = [changed.WithoutMisfits()],
                        }
                    );
                    Assert.DoesNotContain(
                        found,
                        f =>
                            _instruments.Any(i => f.Path.Text.Contains(i, StringComparison.Ordinal))
                    );
                }
            }
        }
    }

    /// <summary>What fits stays: nothing is taken out of a tranche that is sound.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sound_terms_stay_as_they_are(int seed)
    {
        foreach (var t in new RandomFinance(seed).Terms().Tranches)
        {
            Assert.Equal(t, t.WithoutMisfits());
        }
    }
}
