using V = System.Runtime.Intrinsics.Vector512<double>;

namespace Plimsoll.Finance;

/// <summary>Rows of one block kept for comparison with the plain run.</summary>
internal sealed class ScenarioTrace(int months)
{
    public V[] Cfads { get; } = new V[months];

    public V[] Debt { get; } = new V[months];

    public V[] Cash { get; } = new V[months];

    public V[] Reserve { get; } = new V[months];

    public V[] EquityIn { get; } = new V[months];

    public V[] Distributed { get; } = new V[months];

    public void Add(int m, V cfads, V debt, V cash, V reserve, V equityIn, V distributed)
    {
        (Cfads[m], Debt[m], Cash[m]) = (cfads, debt, cash);
        (Reserve[m], EquityIn[m], Distributed[m]) = (reserve, equityIn, distributed);
    }
}
