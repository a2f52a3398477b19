using Plimsoll.Outlooks;

namespace Plimsoll.Finance;

/// <content>Many outlooks of one contract at once.</content>
public sealed partial class ProjectModel
{
    private const int BlocksInHand = 32;

    /// <summary>Runs many scenarios at once; each figure equals that of the plain run.</summary>
    /// <param name="batch">Outlooks of the model's months and currency.</param>
    /// <param name="threads">Threads to use, at least 1; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">Months, start or currency differ, or a scenario is empty.</exception>
    public ScenarioFigures Run(ScenarioBatch batch, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Fits(batch);
        var figures = RunBlocks(batch, threads, !_expects);
        for (var s = 0; _expects && s < batch.Count; s++)
        {
            figures.ClosedMonth[s] =
                figures.DefaultMonth[s] < 0 ? -1 : ClosedMonth(batch.Outlook(s));
        }
        var closed = Enumerable
            .Range(0, batch.Count)
            .Where(s => figures.ClosedMonth[s] >= 0)
            .ToList();
        if (closed.Count > 0)
        {
            var outlooks = closed.Select(s =>
                ClosedOutlook.Of(batch.Outlook(s), figures.ClosedMonth[s], Terms)
            );
            var shut = ScenarioBatch
                .Of([.. outlooks])
                .ClosedAfter([.. closed.Select(s => figures.ClosedMonth[s])]);
            var again = RunBlocks(shut, threads, false);
            for (var i = 0; i < closed.Count; i++)
            {
                figures.Take(closed[i], again, i);
            }
        }
        return figures;
    }

    /// <summary>Runs the blocks; where lenders may close, their month is found but the centre runs on.</summary>
    private ScenarioFigures RunBlocks(ScenarioBatch batch, int threads, bool mayClose)
    {
        var figures = new ScenarioFigures(batch.Count);
        var constants = new ScenarioConstants(Terms, Debt, _contracted, batch.Start, Months);
        ScenarioRun Fresh() =>
            new(Terms, Debt, _contracted, batch, constants) { MayClose = mayClose };
        if (threads == 1)
        {
            var run = Fresh();
            for (var block = 0; block < batch.Blocks; block++)
            {
                run.Block(block, figures);
            }
            return figures;
        }
        Parallel.For(
            0,
            batch.Blocks,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            Fresh,
            (block, _, run) =>
            {
                run.Block(block, figures);
                return run;
            },
            _ => { }
        );
        return figures;
    }

    /// <summary>Runs many outlooks, a few at a time so that memory stays small; figures in the order of the outlooks.</summary>
    /// <param name="outlooks">Made as they are asked for; each of the model's months and currency.</param>
    /// <returns>One set of figures for each group of outlooks, in order.</returns>
    /// <exception cref="ArgumentException">Months, start or currency differ.</exception>
    public IEnumerable<ScenarioFigures> RunInGroups(IEnumerable<MonthlyOutlook> outlooks)
    {
        foreach (var group in outlooks.Chunk(BlocksInHand * ScenarioBatch.Lanes))
        {
            yield return Run(ScenarioBatch.Of(group));
        }
    }

    /// <summary>Runs one block on its outlooks as given and keeps its rows.</summary>
    internal ScenarioTrace Traced(ScenarioBatch batch, int block, ScenarioFigures figures)
    {
        Fits(batch);
        var trace = new ScenarioTrace(Months);
        var constants = new ScenarioConstants(Terms, Debt, _contracted, batch.Start, Months);
        new ScenarioRun(Terms, Debt, _contracted, batch, constants) { Trace = trace }.Block(
            block,
            figures
        );
        return trace;
    }

    private void Fits(ScenarioBatch batch)
    {
        batch.ThrowIfNotFilled();
        if (batch.Months != Months || batch.Currency != Terms.Currency)
        {
            throw new ArgumentException(
                $"The batch has {batch.Months} months in {batch.Currency}; the terms have {Months} in {Terms.Currency}.",
                nameof(batch)
            );
        }
        if (Terms.Start is { } start && start != batch.Start)
        {
            throw new ArgumentException(
                $"The batch begins in {batch.Start}, the terms in {start}.",
                nameof(batch)
            );
        }
    }
}
