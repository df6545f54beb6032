import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { versionOf } from '../../../core/candidate.ts';
import { lineDiff } from '../../../core/line-diff.ts';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';
import { type VersionFiles, versionFiles } from '../version-files.ts';

const MOST_CHARACTERS = 30_000;

export function readDiff(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_diff',
    description: `What the code of a candidate has that another's has not, and the other way round: by default against its parent. At most ${MOST_CHARACTERS} characters.`,
    args: z.object({
      candidate: z.string(),
      against: z.string().optional().describe('another candidate; its parent where nothing is said'),
    }),
    run: async ({ candidate, against }) => {
      const history = await seat.history();
      const found = candidateIn(history, candidate);
      if (typeof found === 'string') return failed(`read_diff: ${found}`);
      const other = against ?? found.parent;
      if (other === null) return failed(`read_diff: ${candidate} has no parent; say against which candidate`);
      const former = candidateIn(history, other);
      if (typeof former === 'string') return failed(`read_diff: ${former}`);
      const versions = [versionOf(former), versionOf(found)] as const;
      const [before, after] = versions;
      if (before === null || after === null)
        return failed(`read_diff: ${before === null ? other : candidate} has no code yet`);
      const [left, right] = [
        await versionFiles(seat.scratch, seat.store, before),
        await versionFiles(seat.scratch, seat.store, after),
      ];
      return succeeded(shortened(diffOf(left, right)) || `the code of ${candidate} and ${other} is the same`);
    },
  });
}

function diffOf(before: VersionFiles, after: VersionFiles): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .flatMap((path) => {
      const [old, fresh] = [before.get(path), after.get(path)];
      if (old === null || fresh === null) return old === fresh ? [] : [`=== ${path} (not text)`];
      const lines = lineDiff(old ?? '', fresh ?? '');
      const how = old === undefined ? ' (new)' : fresh === undefined ? ' (gone)' : '';
      return lines.length === 0 && how === '' ? [] : [`=== ${path}${how}`, ...lines];
    })
    .join('\n');
}

function shortened(text: string): string {
  return text.length <= MOST_CHARACTERS
    ? text
    : `${text.slice(0, MOST_CHARACTERS)}\n(${text.length - MOST_CHARACTERS} more characters are left out)`;
}
