/**
 * How tools are told, called and answered in plain text, for models without function calling.
 *
 * The system prompt ends with a description of the tools. A reply is one JSON object, `{"thought", "calls": [{"tool",
 * "arguments"}]}`. Results come back in one user message, each under a line of its own, with a line behind the last. A reply that cannot be read calls
 * nothing; what was wrong with it is said in front of the next user message.
 */
import type { ToolSpec } from '../../message.ts';

export const TOOLS_HEADING = '# How you act: tools in text';

const MANNERS = `You act by calling tools. Write the calls into your reply; there is no other way to make them.
Every reply is one JSON object and nothing else:

{"thought": "why, in a sentence or two", "calls": [{"tool": "NAME", "arguments": {"KEY": "VALUE"}}]}

- "calls" holds at least one call. Calls run in their order, and the results come in the next message.
- "arguments" is an object that fits the tool's schema. Inside strings, line breaks are written \\n and quotes \\".
- After the object you stop. You never write results yourself.

The tools:`;

/** Appended to the system prompt. */
export function toolsText(tools: readonly ToolSpec[]): string {
  return `${TOOLS_HEADING}\n\n${MANNERS}\n\n${tools.map(toolText).join('\n\n')}\n`;
}

function toolText({ name, description, parameters }: ToolSpec): string {
  return `## Tool \`${name}\`\n${description}\nArguments, as JSON Schema: ${JSON.stringify(parameters)}`;
}

/** What a server may be asked to enforce on the reply. */
export function replySchema(tools: readonly ToolSpec[]): Record<string, unknown> {
  const calls = tools.map(({ name, parameters }) => ({
    type: 'object',
    properties: { tool: { type: 'string', enum: [name] }, arguments: parameters },
    required: ['tool', 'arguments'],
    additionalProperties: false,
  }));
  return {
    type: 'object',
    properties: {
      thought: { type: 'string' },
      calls: { type: 'array', minItems: 1, items: calls.length === 1 ? calls[0] : { anyOf: calls } },
    },
    required: ['thought', 'calls'],
    additionalProperties: false,
  };
}

export interface TextResult {
  /** From 1, within the reply. */
  readonly number: number;
  readonly tool: string;
  readonly content: string;
}

/** The line behind the last result. */
export const RESULTS_END = '=== end of results ===';

/** No content can forge the head of another result, or their end. */
export function resultsText(results: readonly TextResult[]): string {
  const told = results.map(
    ({ number, tool, content }) => `=== result of call ${number}: ${tool} ===\n${guarded(content)}`,
  );
  return [...told, RESULTS_END].join('\n');
}

function guarded(content: string): string {
  return content.replaceAll(/^(?=\\*=== (?:result of call |end of results))/gm, '\\');
}

/** Said in front of the user's next message. */
export function unreadableText(why: string): string {
  return `Your last reply could not be read, so nothing was done: ${why}. Write one JSON object of the form {"thought": "...", "calls": [{"tool": "NAME", "arguments": {}}]} and nothing else.`;
}
