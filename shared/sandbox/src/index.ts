/** Runs one program contained, keeps what it says, and tells how it ended. */
export {
  type ExitRecord,
  exitRecord,
  type IsolationLevel,
  type IsolationRecord,
  isolationLevel,
  isolationNotes,
  isolationRecord,
  type SandboxOutcome,
  sandboxOutcome,
} from './exit-record.ts';
export { SandboxError, type SandboxHost } from './interpreter.ts';
export {
  OUTPUT_START,
  type OutputLine,
  type OutputPosition,
  type OutputStream,
  outputTail,
  readOutput,
} from './output-log.ts';
export { probe, type SandboxProbe, sandboxProbe } from './probe.ts';
export { type ContainedRun, runContained } from './run-contained.ts';
export { type SnapshotCount, snapshot } from './snapshot.ts';
export {
  type SandboxContainer,
  type SandboxLimits,
  type SandboxMount,
  type SandboxRequest,
  type SandboxSpec,
  sandboxSpec,
} from './spec.ts';
export { type JobStatus, jobStatus, type NotNow, reap, statusOf, stop, supervise } from './supervised-job.ts';
export { waitForExit } from './wait-for-exit.ts';
export { withoutItsJob } from './warm-request.ts';
export { type WarmPlan, WarmWorker } from './warm-worker.ts';
