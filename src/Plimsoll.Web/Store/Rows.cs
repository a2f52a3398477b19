using Microsoft.AspNetCore.Identity;

namespace Plimsoll.Web.Store;

/// <summary>A person with an account.</summary>
internal sealed class WorkbenchUser : IdentityUser
{
    /// <summary>The workspace shown after signing in.</summary>
    public string Workspace { get; set; } = "";
}

/// <summary>What people share; nothing of it is seen from another.</summary>
internal sealed class WorkspaceRow
{
    public required string Id { get; set; }
    public required string Name { get; set; }
    public required long Created { get; set; }
}

/// <summary>A person's role in a workspace.</summary>
internal sealed class MemberRow
{
    public required string WorkspaceId { get; set; }
    public required string UserId { get; set; }
    public required string Role { get; set; }
}

/// <summary>What an administrator said of an account; none for one like any other.</summary>
internal sealed class AccountRow
{
    public required string UserId { get; set; }

    /// <summary>True for one that is let in no more; what it did stays.</summary>
    public bool Disabled { get; set; }

    /// <summary>True while its password is one that somebody else set.</summary>
    public bool MustChange { get; set; }
}

/// <summary>A study being written: its text is the only truth, the form is a view of it.</summary>
internal sealed class StudyRow
{
    public required string Id { get; set; }
    public required string WorkspaceId { get; set; }
    public required string Name { get; set; }
    public required string Text { get; set; }
    public required int Revision { get; set; }
    public required long Created { get; set; }
    public required string CreatedBy { get; set; }
    public required long Updated { get; set; }
    public required string UpdatedBy { get; set; }
    public bool Removed { get; set; }
}

/// <summary>An earlier text of a study, for undo.</summary>
internal sealed class RevisionRow
{
    public required string StudyId { get; set; }
    public required int Revision { get; set; }
    public required string Text { get; set; }
    public required long At { get; set; }
    public required string By { get; set; }
}

/// <summary>One thing done, by whom and when; rows are added and never changed.</summary>
internal sealed class AuditRow
{
    public required string Id { get; set; }
    public required string WorkspaceId { get; set; }
    public required long At { get; set; }
    public required string By { get; set; }
    public required string Action { get; set; }
    public required string Subject { get; set; }
    public required string Detail { get; set; }
}

/// <summary>A row of the audit in the chain of its workspace.</summary>
internal sealed class AuditLinkRow
{
    public required string WorkspaceId { get; set; }

    /// <summary>From 1, without a gap.</summary>
    public required long Number { get; set; }
    public required string AuditId { get; set; }
    public required string Hash { get; set; }
}

/// <summary>A link by which anybody may read one run until a day; only the hash of its secret is kept.</summary>
internal sealed class LinkRow
{
    public required string Id { get; set; }
    public required string WorkspaceId { get; set; }
    public required string RunId { get; set; }
    public required string SecretSha256 { get; set; }
    public required long Expires { get; set; }
    public required string CreatedBy { get; set; }
    public bool Revoked { get; set; }
}

/// <summary>A key by which a program acts for a person; only its hash is kept.</summary>
internal sealed class KeyRow
{
    public required string Id { get; set; }
    public required string WorkspaceId { get; set; }
    public required string UserId { get; set; }
    public required string Name { get; set; }
    public required string SecretSha256 { get; set; }
    public required long Expires { get; set; }
}
