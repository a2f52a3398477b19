namespace Plimsoll.Inputs;

/// <summary>A key that had another name in an earlier version of a kind of file; both are read, the old one with a warning.</summary>
/// <param name="Old">Path with its old name: <c>site.price</c>, <c>fleet[].count</c>.</param>
/// <param name="New">Its new last key, in the same section or list.</param>
/// <param name="Since">Version of the file from which the new name holds, 2 or more.</param>
/// <param name="Factor">New number over old number, when the unit changed with the name; 1 when it did not.</param>
public sealed record KeyRename(string Old, string New, int Since, double Factor = 1)
{
    /// <summary>The section or list item that holds the key; empty at the top.</summary>
    public string Parent => Old.LastIndexOf('.') is var dot and >= 0 ? Old[..dot] : "";

    /// <summary>The old last key.</summary>
    public string OldKey => Old[(Old.LastIndexOf('.') + 1)..];
}
