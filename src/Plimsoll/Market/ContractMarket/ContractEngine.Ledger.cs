namespace Plimsoll.Market.ContractMarket;

/// <content>The books kept when asked for: every centre's months and every contract.</content>
public sealed partial class ContractEngine
{
    /// <summary>Columns of a centre's book: the seven of its ledger, its state, its contracts, and what of it can be let.</summary>
    private const int Columns = 10;

    private bool _ledger;
    private readonly List<double> _first = [];
    private readonly List<double[][]> _books = [];
    private readonly List<ContractEntry> _entries = [];

    private void BeginLedger(bool ledger)
    {
        _ledger = ledger;
        _books.Clear();
        _first.Clear();
        _entries.Clear();
    }

    private int Enter(int centre, int cell, int accelerators, int begin, double voucher)
    {
        if (!_ledger)
        {
            return -1;
        }
        _entries.Add(
            new ContractEntry(centre, (Need)(cell % Needs), accelerators, begin, _months, voucher)
        );
        return _entries.Count - 1;
    }

    private void Close(in ContractRow row, int m)
    {
        if (_ledger)
        {
            _entries[row.Entry] = _entries[row.Entry] with { End = m };
        }
    }

    private void Renew(ref ContractRow row, int m)
    {
        if (_ledger)
        {
            Close(row, m);
            row.Entry = Enter(row.Centre, row.Cell, row.Accelerators, m, 0);
        }
    }

    /// <summary>Writes the month: installed, let, spot, idle, dark, repair, and money of running contracts.</summary>
    private void Enter(int m)
    {
        if (!_ledger)
        {
            return;
        }
        while (_books.Count < _count)
        {
            _first.Add(_centres[_books.Count].Capability);
            _books.Add([.. Enumerable.Range(0, Columns).Select(_ => new double[_months])]);
        }
        for (var i = 0; i < _rowCount; i++)
        {
            ref var row = ref _rows[i];
            _books[row.Centre][6][m] += row.Accelerators * Math.Exp(row.LogPrice);
            _books[row.Centre][8][m]++;
        }
        for (var i = 0; i < _count; i++)
        {
            ref var c = ref _centres[i];
            var book = _books[i];
            book[7][m] = (double)StateOf(c, m, i);
            if (c.Stage != CentreStage.Live)
            {
                continue;
            }
            var repair = Math.Min(
                c.Installed - c.Let,
                (int)((c.Installed * _terms.RepairShare) + 0.5)
            );
            var free = c.Free;
            var dark = Math.Max(0, free - (int)((c.Lit * free) + 0.5));
            book[0][m] = c.Installed;
            book[1][m] = c.Let;
            book[2][m] = c.Spot;
            book[3][m] = c.Installed - c.Let - c.Spot - dark - repair;
            book[4][m] = dark;
            book[5][m] = repair;
            book[6][m] = c.Let > 0 ? book[6][m] / c.Let : double.NaN;
            book[9][m] = c.Eligible;
            if (dark > 0 && dark >= free && c.Let == 0)
            {
                book[7][m] = (double)LedgerState.Dark;
            }
        }
    }

    private LedgerState StateOf(in CentreState c, int m, int index) =>
        c.Stage switch
        {
            CentreStage.Planned => LedgerState.Planned,
            CentreStage.Building => m < c.Firm ? LedgerState.Planned : LedgerState.Building,
            CentreStage.Live => c.Capability > _first[index]
                ? LedgerState.TakenOver
                : LedgerState.Open,
            CentreStage.Cancelled => LedgerState.Cancelled,
            CentreStage.Closed => LedgerState.Closed,
            var other => throw new InvalidOperationException($"Unknown stage {other}."),
        };

    private void FinishLedger()
    {
        if (!_ledger)
        {
            return;
        }
        var names = new string[_books.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = $"centre {i + 1}";
        }
        foreach (var seed in _world.Centres)
        {
            var key = KeyedDraws.Combine(_key ^ 0xACED, Sampling.EntityId.Of(seed.Name).Value);
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = _centres[i].Key == key ? seed.Name : names[i];
            }
        }
        _record.Centres =
        [
            .. _books.Select(
                (b, i) =>
                    new CentreLedger(
                        names[i],
                        (Tier)_centres[i].Tier,
                        b[0],
                        b[1],
                        b[2],
                        b[3],
                        b[4],
                        b[5],
                        b[6]
                    )
                    {
                        State = [.. b[7].Select(x => (LedgerState)(int)x)],
                        Contracts = b[8],
                        Eligible = b[9],
                        Planned = _centres[i].Planned,
                        Capability = _centres[i].Capability,
                        Near = _centres[i].Stock % Segment.Reaches == (int)Reach.Near,
                        Stands = _centres[i].Stands,
                    }
            ),
        ];
        _record.Contracts = [.. _entries];
    }
}
