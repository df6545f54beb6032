import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { CandidateTree } from '../candidate/candidate-tree.ts';
import { linesThatMatch, SearchTooSlow } from './line-search.ts';

const MOST_MATCHES = 100;
const LONGEST_LINE = 300;

type Files = Awaited<ReturnType<CandidateTree['files']>>;

export function search(tree: CandidateTree): Tool {
  return defineTool({
    name: 'search',
    description: `Searches the text files of the candidate for a regular expression (as in JavaScript, one line at a time). Answers path:line: text, at most ${MOST_MATCHES} lines.`,
    args: z.object({
      pattern: z.string().min(1).max(500).describe('such as def build|config\\['),
      path: z.string().optional().describe('a file, or a folder such as modelling; by default everything'),
      ignoreCase: z.boolean().optional(),
    }),
    run: async ({ pattern, path = '', ignoreCase = false }) => {
      const { expression, remark } = compiled(pattern, ignoreCase);
      const files = await tree.files();
      const paths = (await files.listFiles()).map((file) => file.path).filter(isUnder(path));
      if (paths.length === 0) return failed(`search: there is no file or folder "${path}"`);
      try {
        return succeeded([...remark, ...shown(await matches(files, paths, expression))].join('\n'));
      } catch (error) {
        if (!(error instanceof SearchTooSlow)) throw error;
        return failed(`search: ${error.message}; use a simpler one`);
      }
    },
  });
}

/** At most one more than is shown. */
async function matches(files: Files, paths: readonly string[], expression: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const reading = await files.readText(path);
    if (reading.kind === 'refused') continue; // no text: nothing to search
    const lines = linesThatMatch(expression, reading.text, MOST_MATCHES + 1 - found.length);
    found.push(...lines.map(({ line, text }) => `${path}:${line}: ${text.slice(0, LONGEST_LINE)}`));
    if (found.length > MOST_MATCHES) break;
  }
  return found;
}

function shown(found: readonly string[]): string[] {
  if (found.length === 0) return ['(no line matches)'];
  const more = found.length > MOST_MATCHES ? ['(there are more)'] : [];
  return [...found.slice(0, MOST_MATCHES), ...more];
}

function isUnder(place: string): (path: string) => boolean {
  const folder = place.replace(/^\.?\/+|\/+$/g, '').replace(/^\.$/, '');
  return (path) => folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** What is no expression is looked for as it stands: a bracket that was not escaped is the usual reason. */
function compiled(pattern: string, ignoreCase: boolean): { expression: RegExp; remark: string[] } {
  const flags = ignoreCase ? 'iu' : 'u';
  try {
    return { expression: new RegExp(pattern, flags), remark: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const plain = pattern.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
    const remark = ['(this is no regular expression: searched for as plain text)'];
    return { expression: new RegExp(plain, flags), remark };
  }
}
