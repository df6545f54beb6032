/** The agent loop on the bus: what designer, coder, tuner and the manager's aggregator share. */

export {
  type AgentConfig,
  agentConfig,
  agentEnvironment,
  type ModelsConfig,
  modelsEnvironment,
} from './agent-config.ts';
export { type AgentHandler, type AgentHost, agentHandler } from './agent-handler.ts';
export { type AgentJob, agentJob } from './agent-job.ts';
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
export { busTranscript } from './bus-transcript.ts';
export { type CandidateConfig, candidateConfig, configText, parseConfig } from './candidate-config.ts';
export { type CandidateJob, candidateJob } from './candidate-job.ts';
export { type Beginning, CandidateTree } from './candidate-tree.ts';
export { COMMAND_OUTPUT, describeCommand, runCommand, secondsFor } from './command-job.ts';
export type { DataCard } from './data-card.ts';
export { type DatasetCache, openDatasetCache } from './dataset-cache.ts';
export type { Curve } from './job-curves.ts';
export { type JobDesk, jobDesk } from './job-desk.ts';
export { defineJobTool, type JobToolDefinition, waitFor } from './job-tool.ts';
export { type JudgedData, type OofReport, type OofScorer, type OofScores, oofScores } from './oof-scores.ts';
export { createPlayers, type Players, type PlayersHost } from './player.ts';
export { type ProgramName, programCommand, storePrograms, withPrograms } from './programs.ts';
export { fill, type Prompt, renderPrompt } from './prompt.ts';
export { type RecalledAgent, type RecallHost, recalledAgent } from './recalled-agent.ts';
export { openAgent, serveAgent } from './serve-agent.ts';
export { smallFile } from './small-file.ts';
export { dataProfile } from './tools/data-profile.ts';
export { listAssets } from './tools/list-assets.ts';
export { listFiles } from './tools/list-files.ts';
export { note } from './tools/note.ts';
export type { OnData } from './tools/on-data.ts';
export { excerpt, readFile } from './tools/read-file.ts';
export { readOutput } from './tools/read-output.ts';
export { runShell } from './tools/run-shell.ts';
export { search } from './tools/search.ts';
export { Turnstile } from './turnstile.ts';
export { type Environment, environmentName, sameEnvironment } from './version-environment.ts';
export { type ReadVersionFile, versionFileReader } from './version-file.ts';
export { openWorkPlaces, type WorkPlace, type WorkPlaces } from './work-place.ts';
