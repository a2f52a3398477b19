using System.Text.Json;
using Plimsoll.Jobs;

namespace Plimsoll.Sweeps;

/// <summary>The workers of a sweep as other schedulers start them: each takes its runs from the ledger, so any number may start, stop or be killed.</summary>
/// <param name="Job">The job in the ledger.</param>
/// <param name="Tasks">Workers.</param>
/// <param name="Cores">Cores of each.</param>
public sealed record SweepWorkers(string Job, int Tasks, int Cores)
{
    private const int MegabytesACore = 600;

    /// <summary>A Slurm array; the ledger stands in the environment of who submits it.</summary>
    public string Slurm() =>
        $"""
            #!/bin/bash
            #SBATCH --job-name={Job}
            #SBATCH --array=1-{Tasks}
            #SBATCH --cpus-per-task={Cores}
            #SBATCH --mem-per-cpu={MegabytesACore}M
            #SBATCH --output={Job}-%a.log
            # Before:  plimsoll sweep submit FILE --ledger ...   (enters the runs, prints {Job})
            # Start:   {RunLedger.Variable}=postgres://user@host/database PGPASSWORD=... sbatch sweep.sbatch
            # After:   plimsoll sweep collect FILE --ledger ...
            # A task that is killed or preempted loses at most the run it was computing; start the array again to go on.
            set -euo pipefail
            : "${"{"}{RunLedger.Variable}:?names the ledger, postgres://user@host/database{"}"}"
            exec plimsoll sweep work --job {Job} --workers "$SLURM_CPUS_PER_TASK"

            """.ReplaceLineEndings("\n");

    /// <summary>A Kubernetes Job; the ledger stands in the secret <c>plimsoll-ledger</c>, key <c>address</c>.</summary>
    /// <param name="image">Image that holds the tool.</param>
    public string Kubernetes(string image) =>
        $$"""
            # Before:  kubectl create secret generic plimsoll-ledger --from-literal=address=postgres://user:password@host/database
            #          plimsoll sweep submit FILE --ledger ...   (enters the runs, prints {{Job}})
            # Start:   kubectl apply -f sweep-job.yaml
            # After:   plimsoll sweep collect FILE --ledger ...
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: {{Job}}
            spec:
              parallelism: {{Tasks}}
              backoffLimitPerIndex: 10
              completions: {{Tasks}}
              completionMode: Indexed
              template:
                spec:
                  restartPolicy: Never
                  containers:
                    - name: worker
                      image: {{JsonSerializer.Serialize(image)}}
                      command: ["plimsoll", "sweep", "work", "--job", "{{Job}}", "--workers", "{{Cores}}"]
                      env:
                        - name: {{RunLedger.Variable}}
                          valueFrom:
                            secretKeyRef: { name: plimsoll-ledger, key: address }
                      resources:
                        requests: { cpu: "{{Cores}}", memory: "{{Cores * MegabytesACore}}Mi" }
                        limits: { memory: "{{Cores * MegabytesACore * 2}}Mi" }

            """.ReplaceLineEndings("\n");
}
