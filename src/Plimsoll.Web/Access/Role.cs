namespace Plimsoll.Web.Access;

/// <summary>What a person may do in a workspace; each may do all that those before it may.</summary>
internal enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Writes studies and runs them.</summary>
    Analyst,

    /// <summary>Signs runs off and gives links to them.</summary>
    Approver,

    /// <summary>Gives roles and accounts.</summary>
    Admin,
}
