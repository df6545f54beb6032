import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import type { CandidateTree } from '@modelwright/agent-host';
import { z } from 'zod';
import { kitObjection } from '../core/kit.ts';
import { syntaxWarning } from '../core/syntax.ts';

export function writeFile(tree: CandidateTree): Tool {
  return defineTool({
    name: 'write_file',
    description:
      'Writes a text file of the candidate, whole. Folders on the way are made; what was there is replaced. For small changes of a file that is there use edit_file.',
    args: z.object({
      path: z.string().describe('relative to the candidate, such as model.py'),
      content: z.string().describe('the whole file'),
    }),
    run: async ({ path, content }) => {
      const objection = kitObjection(path);
      if (objection !== null) return failed(`write_file: ${objection}`);
      const written = await (await tree.files()).writeText(path, content);
      if (written.kind === 'refused') return failed(`write_file: ${written.reason}`);
      const warning = syntaxWarning(path, content);
      return succeeded(`Wrote ${path}, ${written.bytes} bytes.${warning === null ? '' : ` ${warning}`}`);
    },
  });
}
