namespace Plimsoll.Finance;

/// <summary>A working-capital line, ahead of all tranches: it pays running cost and debt service that cash does not cover, before the reserve account, and takes the next free cash; nothing is drawn after a default.</summary>
/// <param name="Limit">Most that is drawn.</param>
/// <param name="Rate">Yearly all-in rate, to which the shift of a draw is added.</param>
/// <param name="Fee">Yearly fee on what is not drawn, from the first fleet on.</param>
public sealed record Revolver(double Limit, double Rate, double Fee);
