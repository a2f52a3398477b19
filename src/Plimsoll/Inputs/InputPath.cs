namespace Plimsoll.Inputs;

/// <summary>Where an input stands in its file, in words a reader can follow: <c>fleet[0].accelerator</c>.</summary>
/// <param name="Text">Keys joined by points, list items by their index from 0; empty for the whole file.</param>
public readonly record struct InputPath(string Text)
{
    /// <summary>The whole file.</summary>
    public static InputPath Root => new("");

    /// <summary>The path of a key inside this one.</summary>
    public InputPath Key(string key) => new(Text.Length == 0 ? key : $"{Text}.{key}");

    /// <summary>The path of a list item inside this one, counted from 0.</summary>
    public InputPath Item(int index) => new($"{Text}[{index}]");

    /// <inheritdoc/>
    public override string ToString() => string.IsNullOrEmpty(Text) ? "(file)" : Text;
}
