/** The schemas of everything that crosses a process border. */
export { type Envelope, envelope, HEADERS } from './envelope.ts';
export { type Failure, failure } from './failure.ts';
export {
  agentJobId,
  assignmentId,
  id,
  managerJobId,
  newRunId,
  PARTITIONS,
  partitionOf,
  type RunId,
  runId,
  slug,
} from './ids.ts';
export { type BodyOf, defineMessage, type MessageDefinition } from './message.ts';
export {
  type Assignment,
  assignment,
  assignmentBody,
  type Grant,
  grant,
  type Hardware,
  hardware,
  workFilter,
  workSubject,
} from './messages/assignment.ts';
export {
  type AssignmentFinished,
  assignmentFinished,
  assignmentFinishedBody,
  type WorkResult,
  workResult,
} from './messages/assignment-finished.ts';
export { assignmentParked, type WaitCondition, waitCondition } from './messages/assignment-parked.ts';
export { deadLetter, deadLetterSubject } from './messages/dead-letter.ts';
export {
  allJobsFilter,
  type Job,
  type JobAccelerators,
  type JobLimits,
  type JobPriority,
  type JobPurpose,
  job,
  jobAccelerators,
  jobBody,
  jobCode,
  jobEnvironment,
  jobFilter,
  jobLimits,
  jobPriority,
  jobPurpose,
  jobSubject,
  type StopRule,
  stopRule,
} from './messages/job.ts';
export {
  type AcceleratorUse,
  acceleratorUse,
  isolation,
  type JobEnd,
  type JobOutcome,
  jobEnd,
  jobOutcome,
  jobOutcomeBody,
  jobOutcomeSubject,
  runOutcomesFilter,
} from './messages/job-outcome.ts';
export { type AgentRoleName, agentRole, type Role, role } from './messages/role.ts';
export {
  attentionNeeded,
  budgetRaised,
  cancelRequested,
  finishRequested,
  type InboxMessage,
  inboxBody,
  inboxDefinitions,
  jobFinished,
  runSubmitted,
  tick,
} from './messages/run-inbox.ts';
export {
  jobTelemetryFilter,
  logReported,
  metricsReported,
  runTelemetryFilter,
  telemetrySubject,
} from './messages/telemetry.ts';
export {
  type ToolCall,
  type TurnRecord,
  toolCall,
  turnRecord,
  turnRecordBody,
  turnSubject,
} from './messages/turn.ts';
export {
  aggregatorWork,
  type BoardEntry,
  boardEntry,
  coderWork,
  deliveryWork,
  designerWork,
  graderWork,
  managerWork,
  setupWork,
  tunerWork,
  type Work,
  work,
} from './messages/work.ts';
export {
  type AssetPin,
  assetPin,
  assetPinKey,
  type EnvironmentLock,
  environmentLock,
  environmentLockKey,
} from './records/agreement.ts';
export { type Claim, claim } from './records/claim.ts';
export {
  type AcceleratorControl,
  type AssignmentControl,
  acceleratorControl,
  acceleratorControlKey,
  assignmentControl,
  assignmentControlKey,
  type ControlRecord,
  controlRecord,
  type JobControl,
  jobControl,
  jobControlKey,
  type RunControl,
  type RunnerControl,
  runControl,
  runControlKey,
  runnerControl,
  runnerControlKey,
} from './records/control.ts';
export { type Gate, gate } from './records/gate.ts';
export { type Accelerator, accelerator, type Worker, worker, workerKey } from './records/worker.ts';
export {
  type BlobRef,
  blobRef,
  relativePath,
  type StoreName,
  sha256,
  storeName,
  type TreeManifest,
  type TreeRef,
  treeManifest,
  treeRef,
} from './ref.ts';
export { type RunEffect, runEffect } from './run/effect.ts';
export { type Phase, phase, type RunEvent, runEvent } from './run/event.ts';
export { RUN_LOGS_FILTER, type RunRecord, runLogSubject, runRecord, runRecordBody } from './run/record.ts';
export { inboxPartitionFilter, inboxSubject, PREFIX } from './subjects.ts';
export {
  type AssetRecord,
  type AssetRequest,
  type AssetSource,
  assetRecord,
  assetRequest,
  assetSource,
} from './task/asset.ts';
export { completeBudget, type RunBudget, runBudget } from './task/budget.ts';
export { type Comparison, comparison } from './task/comparison.ts';
export {
  type DatasetTask,
  datasetTask,
  type PreparedData,
  preparedData,
  type Round,
  round,
} from './task/dataset.ts';
export { type Finding, finding, type Trust, trust } from './task/finding.ts';
export { type TaskKind, taskKind } from './task/kind.ts';
export { type ManagerAction, managerAction } from './task/manager-action.ts';
export {
  type Direction,
  direction,
  directionOf,
  isBetter,
  type MetricName,
  type MetricOptions,
  metricName,
  metricOptions,
  type StatedMetric,
  statedMetric,
} from './task/metric.ts';
export { type Placement, trainingPlacement } from './task/placement.ts';
export { type Plan, plan } from './task/plan.ts';
export { modelName, type Player, player, type RunPlayer, runPlayer } from './task/player.ts';
export { type Score, score } from './task/score.ts';
export {
  type ModelSpending,
  modelSpending,
  NOTHING_SPENT,
  type Spent,
  spent,
  type Usage,
  usage,
} from './task/spent.ts';
export {
  type ColumnPortrait,
  type FolderProfile,
  folderProfile,
  type TableProfile,
  tableProfile,
} from './task/table-profile.ts';
export {
  dataLayout,
  type FeatureKind,
  type FileColumn,
  featureKind,
  fileColumn,
  folderLabel,
  imageShape,
  type SideTable,
  sideTable,
  splitRule,
  type Task,
  task,
  taskBudget,
  taskConstraints,
  type WebAccess,
  webAccess,
} from './task/task.ts';
export { asTask, type TaskProposal, taskProposal } from './task/task-proposal.ts';
export { type Trained, type Trial, trained, trial } from './task/trial.ts';
export { type Version, version } from './task/version.ts';
