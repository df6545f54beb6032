/** What a run leaves for the next one: what was learned about the data, and the task that was proposed for it. */
import { yamlText } from '@modelwright/yaml-file';
import type { RunView } from './run-view.ts';
import { harmless } from './text/shorten.ts';

/** `insights.md`; null where nothing was noted. */
export function insightsText(run: string, { insights, task }: RunView): string | null {
  if (insights.length === 0) return null;
  const items = insights.map(({ note, role, candidate }) => `- ${indented(note)} *(${role}, ${candidate})*`);
  return `${[`# What was learned about the data of ${task?.name ?? run}`, '', ...items].join('\n')}\n`;
}

/** Further lines of a note belong to its item. */
function indented(note: string): string {
  return harmless(note).trim().replaceAll('\n', '\n  ');
}

/** `task.yaml` where the folder had none; null otherwise. */
export function proposedTaskText({ submitted, task }: RunView): string | null {
  if (submitted === null || submitted.task !== null || task === null) return null;
  return `# Proposed for a folder that had no task.yaml. Correct it and put it there, and the next run keeps to it.\n${yamlText(task)}`;
}
