/** The agent loop: durable turns, resumed by any process. Knows neither bus nor disk. */
export type { Agent, HandedOver } from './agent.ts';
export { type AnsweredCall, answeredCalls } from './core/answered-calls.ts';
export { NOTE, noteArguments, notesTaken } from './core/notes.ts';
export { spentBy } from './core/spending.ts';
export { stepTitle } from './core/step-title.ts';
export type { Inbox, Ports, Transcript, WorkTree } from './ports.ts';
export type { Divergence } from './replay/difference.ts';
export { type Replay, type ReplayOrder, replay } from './replay/replay.ts';
export {
  type Call,
  defineTool,
  failed,
  succeeded,
  type Tool,
  type ToolDefinition,
  type ToolOutcome,
  type ToolResult,
} from './tool.ts';
export { type WorkOrder, work } from './work.ts';
export type { WorkEnd } from './work-end.ts';
