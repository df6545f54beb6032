/**
 * Tools: what an agent can do. A tool runs at least once for its call and takes effect once: what it writes goes into the
 * work tree, which is put back to its last recorded version before the tool runs again, and what it starts elsewhere is
 * named by `jobId`.
 */
import type { Assignment, TurnRecord, WaitCondition, WorkResult } from '@modelwright/contracts';
import type { ToolSpec } from '@modelwright/llm';
import { z } from 'zod';
import { parametersOf } from './tool-parameters.ts';

/** The call a tool answers. */
export interface Call {
  readonly assignment: Assignment;
  readonly turn: number;
  /** Place of the call in its reply, from 0. */
  readonly index: number;
  /** For a job that the call starts: the same whenever the call is run again. */
  readonly jobId: string;
  /** When the reply was recorded: the same whenever the call is run again. Milliseconds since the epoch. */
  readonly at: number;
  readonly now: number;
  /** All that happened before. */
  readonly transcript: readonly TurnRecord[];
}

export interface ToolResult {
  readonly kind: 'result';
  /** What the model is told. */
  readonly content: string;
  /** The call achieved nothing; `content` says why. */
  readonly failed?: boolean;
}

export type ToolOutcome =
  | ToolResult
  /**
   * Not done before this has come to pass. The agent stops, and `resume` looks again, perhaps on another machine: what
   * `run` wrote into the work tree is gone by then unless `resume` writes it again.
   */
  | { readonly kind: 'wait'; readonly condition: WaitCondition }
  /** The end of the assignment. `content` says it in words, for the log. */
  | { readonly kind: 'final'; readonly content: string; readonly result: WorkResult };

export interface ToolDefinition<Args extends z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly args: Args;
  /** It hands over, and so ends the assignment: what is offered in the last turn. */
  readonly ends?: boolean;
  /** It looks at what changes by itself: asking again and again is no sign of going round in circles. */
  readonly polls?: boolean;
  run(args: z.output<Args>, call: Call): Promise<ToolOutcome>;
  /** Answers a call that waited. Without it the tool never waits. */
  resume?(args: z.output<Args>, call: Call): Promise<ToolOutcome>;
}

/** A tool as the loop knows it: the arguments are still the text that the model wrote. */
export interface Tool {
  readonly spec: ToolSpec;
  readonly ends: boolean;
  readonly polls: boolean;
  run(args: string, call: Call): Promise<ToolOutcome>;
  resume(args: string, call: Call): Promise<ToolOutcome>;
}

export function defineTool<Args extends z.ZodType>(definition: ToolDefinition<Args>): Tool {
  const { name, description, args, ends = false, polls = false } = definition;
  const answer = async (
    text: string,
    go: (parsed: z.output<Args>) => Promise<ToolOutcome>,
  ): Promise<ToolOutcome> => {
    const parsed = parse(text, args);
    return parsed.kind === 'parsed' ? await go(parsed.value) : failed(`${name}: ${parsed.reason}`);
  };
  return {
    spec: { name, description, parameters: parametersOf(args) },
    ends,
    polls,
    run: (text, call) => answer(text, (parsed) => definition.run(parsed, call)),
    resume: (text, call) => answer(text, (parsed) => (definition.resume ?? definition.run)(parsed, call)),
  };
}

export function succeeded(content: string): ToolResult {
  return { kind: 'result', content };
}

export function failed(content: string): ToolResult {
  return { kind: 'result', content, failed: true };
}

type Parsed<Value> = { kind: 'parsed'; value: Value } | { kind: 'malformed'; reason: string };

function parse<Schema extends z.ZodType>(text: string, schema: Schema): Parsed<z.output<Schema>> {
  const json = readJson(text.trim() === '' ? '{}' : text);
  if (json.kind === 'malformed') return json;
  const checked = schema.safeParse(json.value);
  if (checked.success) return { kind: 'parsed', value: checked.data };
  return { kind: 'malformed', reason: `the arguments do not fit:\n${z.prettifyError(checked.error)}` };
}

function readJson(text: string): Parsed<unknown> {
  try {
    return { kind: 'parsed', value: JSON.parse(text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'malformed', reason: `the arguments are not valid JSON: ${why}` };
  }
}
