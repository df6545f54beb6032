/** What a commit of an agent's work is called: `c1_implement_1, turn 2: write_file`. No two steps of a run share a title. */
import type { Assignment } from '@modelwright/contracts';

export function stepTitle({ id, run }: Pick<Assignment, 'id' | 'run'>, turn: number, tool: string): string {
  return `${id.slice(run.length + 1)}, turn ${turn}: ${tool}`;
}
