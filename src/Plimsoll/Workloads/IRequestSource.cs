namespace Plimsoll.Workloads;

/// <summary>A stream of requests in order of arrival: a trace, a generator, or a list in memory.</summary>
/// <remarks>Read in batches, so that a hundred million requests need no more memory than one batch. One pass: a second run takes a new source.</remarks>
public interface IRequestSource
{
    /// <summary>Fills the buffer with the next requests.</summary>
    /// <param name="buffer">Place for them; at least 1 long.</param>
    /// <returns>How many were written; fewer than the buffer is allowed, 0 only at the end.</returns>
    int Read(Span<Request> buffer);

    /// <summary>The pieces to which <see cref="Request.PrefixStart"/> of the last batch points; overwritten by the next <see cref="Read"/>.</summary>
    ReadOnlySpan<PrefixPiece> Prefixes { get; }

    /// <summary>Seconds from the start of the run to the zero of <see cref="Request.ArrivalPicoseconds"/> in the last batch: 0 for all runs shorter than 50 days. It only grows, and by at most 50 days a batch.</summary>
    long EpochSeconds { get; }
}
