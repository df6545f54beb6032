import { defineTool, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { CandidateTree } from '../candidate/candidate-tree.ts';

export function listFiles(tree: CandidateTree): Tool {
  return defineTool({
    name: 'list_files',
    description: 'Lists all files of the candidate: one line each, size in bytes and path.',
    args: z.object({}),
    run: async () => {
      const files = await (await tree.files()).listFiles();
      return succeeded(files.map(({ path, bytes }) => `${String(bytes).padStart(8)}  ${path}`).join('\n'));
    },
  });
}
