/** Which lines of `build` are certain to run for a task: a mistake planted elsewhere might never show. */
import type { Situation } from '../../recipe/situation.ts';

export interface ExecutedLine {
  readonly index: number;
  /** A statement begins here; otherwise the line goes on with one. */
  readonly begins: boolean;
}

/** Up to the first return. Blocks behind a condition that is not known here are left out. */
export function executedLines(lines: readonly string[], situation: Situation): ExecutedLine[] {
  const first = lines.findIndex((line) => line.startsWith('def build('));
  const executed: ExecutedLine[] = [];
  let skipping: number | null = null;
  let brackets = 0;
  let returns = false;
  for (let index = first + 1; first >= 0 && index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const depth = line.length - line.trimStart().length;
    if (brackets === 0 && depth === 0) break;
    if (brackets === 0 && skipping !== null && depth > skipping) continue;
    if (brackets === 0) skipping = null;
    const condition = line.match(/^\s*(?:if|elif|else|for|while|with)\b(.*):$/);
    if (brackets === 0 && condition !== null) {
      if (!isTrue(line.trim(), situation)) skipping = depth;
      continue;
    }
    executed.push({ index, begins: brackets === 0 });
    brackets += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
    returns ||= line.trimStart().startsWith('return ');
    if (returns && brackets === 0) break;
  }
  return executed;
}

/** Whether a condition is known to hold. */
function isTrue(line: string, { kind, images }: Situation): boolean {
  switch (line) {
    case 'if task.is_classification:':
      return kind === 'classification';
    case 'if not task.is_classification:':
      return kind === 'regression';
    case 'if task.image:':
      return images;
    case 'if not task.image:':
      return !images;
    default:
      return false;
  }
}
