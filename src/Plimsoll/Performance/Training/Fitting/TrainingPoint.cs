namespace Plimsoll.Performance.Training.Fitting;

/// <summary>A measured training iteration.</summary>
public sealed class TrainingPoint
{
    private readonly IterationTerms _terms;

    /// <summary>Prepares a point.</summary>
    /// <param name="table">The table it stands in, in words.</param>
    /// <param name="line">Line in the file, from 1.</param>
    /// <param name="size">What is left out together: the model's size.</param>
    /// <param name="run">The run, as far as the row tells it.</param>
    /// <param name="seconds">Measured seconds of an iteration; above 0.</param>
    public TrainingPoint(string table, int line, string size, TrainingRun run, double seconds)
    {
        Table = table;
        Line = line;
        Size = size;
        Run = run;
        Seconds = seconds;
        LogSeconds = Math.Log(seconds);
        _terms = IterationTerms.Of(run);
    }

    /// <summary>The table it stands in, in words.</summary>
    public string Table { get; }

    /// <summary>Line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>The model's size, in words.</summary>
    public string Size { get; }

    /// <summary>The run.</summary>
    public TrainingRun Run { get; }

    /// <summary>Measured seconds of an iteration.</summary>
    public double Seconds { get; }

    /// <summary>Natural logarithm of the measured seconds.</summary>
    public double LogSeconds { get; }

    /// <summary>Natural logarithm of the predicted seconds.</summary>
    public double Predict(in TrainingCoefficients coefficients) =>
        Math.Log(IterationLaw.Of(_terms, coefficients).Seconds);
}
