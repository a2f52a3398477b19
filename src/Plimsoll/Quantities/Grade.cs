namespace Plimsoll.Quantities;

/// <summary>How well a number is founded.</summary>
public enum Grade
{
    /// <summary>A filing, a datasheet or an official publication.</summary>
    A = 0,

    /// <summary>A named outlet with its own reporting.</summary>
    B = 1,

    /// <summary>Trade press, or a quote passed on.</summary>
    C = 2,

    /// <summary>A prior or a derivation of our own.</summary>
    D = 3,
}
