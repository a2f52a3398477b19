namespace Plimsoll.Jobs.Sql;

/// <summary>The tables of a ledger, one list of statements a version; a ledger of an earlier version is brought up step by step.</summary>
internal static class LedgerSchema
{
    /// <summary>Table that holds the version.</summary>
    public const string VersionTable = "plimsoll_ledger";

    /// <summary>Statements that lead to version 1, 2, ...; published ones are never changed.</summary>
    /// <param name="bytes">Type of a column of bytes.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Steps(string bytes) =>
        [
            [
                """
                    CREATE TABLE plimsoll_job (
                        id text PRIMARY KEY, name text NOT NULL, engine text NOT NULL, catalogue text NOT NULL,
                        workspace text NOT NULL, owner text NOT NULL, priority bigint NOT NULL, content text NOT NULL,
                        created bigint NOT NULL, cancelled bigint NOT NULL, complete bigint NOT NULL)
                    """,
                "CREATE TABLE plimsoll_text (hash text PRIMARY KEY, body text NOT NULL)",
                """
                    CREATE TABLE plimsoll_run (
                        job text NOT NULL, number bigint NOT NULL, key text NOT NULL, study text NOT NULL, changes text NOT NULL,
                        seed text NOT NULL, draws bigint NOT NULL, outputs text NOT NULL, state bigint NOT NULL, fault bigint NOT NULL,
                        reason text NOT NULL, stage text NOT NULL, progress double precision NOT NULL, worker text NOT NULL,
                        lease text NOT NULL, until bigint NOT NULL, attempts bigint NOT NULL, started bigint NOT NULL, ended bigint NOT NULL,
                        PRIMARY KEY (job, number))
                    """,
                // Only what is open is looked for: a million runs that are done cost a lease nothing.
                "CREATE INDEX plimsoll_run_open ON plimsoll_run (job, number) WHERE state < 2",
                "CREATE INDEX plimsoll_run_lease ON plimsoll_run (lease) WHERE state = 1",
                "CREATE INDEX plimsoll_run_key ON plimsoll_run (key)",
                $"CREATE TABLE plimsoll_result (key text PRIMARY KEY, sha256 text NOT NULL, document {bytes} NOT NULL, written bigint NOT NULL)",
                "CREATE TABLE plimsoll_part (job text NOT NULL, file text NOT NULL, first bigint NOT NULL, rows bigint NOT NULL, sha256 text NOT NULL, PRIMARY KEY (job, file))",
            ],
        ];
}
