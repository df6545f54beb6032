/** The agent loop on the bus: what designer, coder, tuner and the manager's aggregator share. */

export { type AgentHandler, type AgentHost, agentHandler } from './agent-handler.ts';
export type {
  AgentRole,
  BareSeat,
  CandidateRole,
  CandidateSeat,
  Composition,
  FolderRole,
  FolderSeat,
  ReadingRole,
  Seat,
} from './agent-role.ts';
export {
  type CandidateConfig,
  candidateConfig,
  configText,
  parseConfig,
} from './candidate/candidate-config.ts';
export { type Beginning, CandidateTree } from './candidate/candidate-tree.ts';
export { type Environment, environmentName, sameEnvironment } from './candidate/version-environment.ts';
export { type ReadVersionFile, versionFileReader } from './candidate/version-file.ts';
export { openWorkPlaces, type WorkPlace, type WorkPlaces } from './candidate/work-place.ts';
export type { DataCard } from './data/data-card.ts';
export { type DatasetCache, openDatasetCache } from './data/dataset-cache.ts';
export {
  type JudgedData,
  judgedData,
  type OofReport,
  type OofScorer,
  type OofScores,
  oofScores,
} from './data/oof-scores.ts';
export { smallFile } from './data/small-file.ts';
export { type AgentJob, agentJob } from './jobs/agent-job.ts';
export { type CandidateJob, candidateJob } from './jobs/candidate-job.ts';
export { COMMAND_OUTPUT, describeCommand, runCommand, secondsFor } from './jobs/command-job.ts';
export { hardwareOf } from './jobs/hardware.ts';
export type { Curve } from './jobs/job-curves.ts';
export { type JobDesk, jobDesk } from './jobs/job-desk.ts';
export { defineJobTool, type JobToolDefinition, waitFor } from './jobs/job-tool.ts';
export { type ProgramName, programCommand, storePrograms, withPrograms } from './jobs/programs.ts';
export {
  type AgentConfig,
  agentConfig,
  agentEnvironment,
  type ModelsConfig,
  modelsEnvironment,
} from './models/agent-config.ts';
export { createPlayers, type Players, type PlayersHost } from './models/player.ts';
export { fill, type Prompt, promptIn } from './prompt.ts';
export { type RecalledAgent, type RecallHost, recalledAgent } from './recalled-agent.ts';
export { openAgent, serveAgent } from './serve-agent.ts';
export { dataProfile } from './tools/data-profile.ts';
export { listAssets } from './tools/list-assets.ts';
export { listFiles } from './tools/list-files.ts';
export { note } from './tools/note.ts';
export type { OnData } from './tools/on-data.ts';
export { excerpt, readFile } from './tools/read-file.ts';
export { readOutput } from './tools/read-output.ts';
export { runShell } from './tools/run-shell.ts';
export { search } from './tools/search.ts';
export { busTranscript } from './transcript/bus-transcript.ts';
export { Turnstile } from './turnstile.ts';
