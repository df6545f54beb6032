import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import type { CandidateTree } from '@modelwright/agent-host';
import { z } from 'zod';

export function readConfig(tree: CandidateTree): Tool {
  return defineTool({
    name: 'read_config',
    description: 'Reads config.json of the candidate, as its coder left it.',
    args: z.object({}),
    run: async () => {
      const reading = await (await tree.files()).readText('config.json');
      return reading.kind === 'text' ? succeeded(reading.text) : failed(`read_config: ${reading.reason}`);
    },
  });
}
