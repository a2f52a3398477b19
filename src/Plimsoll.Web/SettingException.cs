namespace Plimsoll.Web;

/// <summary>The workbench cannot start as it is set up.</summary>
/// <param name="message">One sentence: the setting, what was found, what is expected.</param>
internal sealed class SettingException(string message) : Exception(message);
