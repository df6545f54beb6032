import { answeredCalls, defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import type { CandidateTree } from '@modelwright/agent-host';
import { z } from 'zod';
import { kitObjection } from '../core/kit.ts';
import { hasSeen } from '../core/known-files.ts';
import { replaceOnce } from '../core/replace-once.ts';
import { syntaxWarning } from '../core/syntax.ts';

export function editFile(tree: CandidateTree): Tool {
  return defineTool({
    name: 'edit_file',
    description:
      'Replaces a piece of text in a file of the candidate that you have read or written before. The text to find must occur exactly once, spaces and line breaks included: take enough lines around it.',
    args: z.object({
      path: z.string().describe('relative to the candidate, such as model.py'),
      find: z.string().min(1).describe('exactly as it stands in the file, without line numbers'),
      replace: z.string().describe('what takes its place'),
    }),
    run: async ({ path, find, replace }, { transcript }) => {
      const reading = await (await tree.files()).readText(path);
      if (reading.kind === 'refused') return failed(`edit_file: ${reading.reason}`);
      const objection = kitObjection(path);
      if (objection !== null) return failed(`edit_file: ${objection}`);
      if (!hasSeen(answeredCalls(transcript), path)) {
        return failed(`edit_file: read ${path} first, so that the edit fits what is there`);
      }
      const edit = replaceOnce(reading.text, find, replace);
      if (edit.kind === 'refused') return failed(`edit_file: ${edit.reason}`);
      const written = await (await tree.files()).writeText(path, edit.text);
      if (written.kind === 'refused') return failed(`edit_file: ${written.reason}`);
      const warning = syntaxWarning(path, edit.text);
      return succeeded(`Replaced at line ${edit.line} of ${path}.${warning === null ? '' : ` ${warning}`}`);
    },
  });
}
