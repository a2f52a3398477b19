using System.Globalization;

namespace Plimsoll.Quantities;

/// <summary>Numbers, dates and words read and written the same way on every host, until it is disposed of: a decimal point, no native digits, the calendar of the input.</summary>
/// <remarks>Every entry of the library that reads or writes text begins with it; the host's culture comes back at its end. Threads started within take it along.</remarks>
public readonly struct InvariantCulture : IDisposable
{
    private readonly CultureInfo? _host;

    private InvariantCulture(CultureInfo host) => _host = host;

    /// <summary>Leaves the host's culture.</summary>
    public static InvariantCulture Begin()
    {
        var scope = new InvariantCulture(CultureInfo.CurrentCulture);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return scope;
    }

    /// <summary>Returns to the host's culture.</summary>
    public void Dispose()
    {
        if (_host is not null)
        {
            CultureInfo.CurrentCulture = _host;
        }
    }
}
