/** What an agent is told of an assignment: the work as its role reads it, its system prompt, its brief. */
import { PermanentFailure } from '@modelwright/bus';
import type { Assignment, PreparedData } from '@modelwright/contracts';
import { type Brief, renderBrief } from '@modelwright/llm';
import type { AgentRole } from './agent-role.ts';
import { fill, type Prompt } from './prompt.ts';
import { partsFor, traitsOf } from './prompt-parts.ts';

export function workFor<Work>(role: AgentRole<Work>, { work }: Pick<Assignment, 'work'>): Work {
  const parsed = role.work.safeParse(work);
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('wrong-role', `work of a ${work.role} was sent to a ${role.role}`);
}

export function dataOf(work: Assignment['work']): PreparedData {
  if (work.role !== 'setup') return work.data;
  throw new PermanentFailure('wrong-role', 'setup has no prepared data');
}

export function told<Work>(
  role: AgentRole<Work>,
  brief: Brief,
): { readonly prompt: Prompt; readonly brief: string } {
  const traits = brief.role === 'setup' ? new Set<string>() : traitsOf(brief.task);
  const template = partsFor(role.prompt, traits);
  return { prompt: fill(template, promptValues(brief)), brief: renderBrief(brief) };
}

const OWN_PROGRAM = 'a program of the task’s own (`custom`; the description says what it measures)';

/** What its prompt may say of the task. */
function promptValues(brief: Brief): Readonly<Record<string, string>> {
  if (brief.role === 'setup') return {};
  const { kind, metric, direction } = brief.task;
  return { kind, metric: metric === 'custom' ? OWN_PROGRAM : metric, direction };
}
