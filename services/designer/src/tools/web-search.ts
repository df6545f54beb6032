import { createHash } from 'node:crypto';
import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { fenced } from '../core/untrusted.ts';
import { objectionTo, parseUrl, type WebRules } from '../core/web-rules.ts';
import type { SearchHit, Web } from '../web.ts';

const MOST_HITS = 10;
const LONGEST_SNIPPET = 400;

export function webSearch(search: NonNullable<Web['search']>, rules: WebRules): Tool {
  return defineTool({
    name: 'web_search',
    description: `Searches the web${rules.access === 'docs' ? ' for pages of documentation' : ''}: address, title and a piece of the text of at most ${MOST_HITS} pages, which fetch_url reads. What pages say is not checked by anybody.`,
    args: z.object({ query: z.string().trim().min(1).max(400).describe('a few words') }),
    run: async ({ query }) => {
      const found = await search(query);
      if (found.kind === 'refused') return failed(`web_search: ${found.reason}`);
      const allowed = found.what.filter(({ url }) => {
        const parsed = parseUrl(url);
        return parsed !== null && objectionTo(parsed, rules) === null;
      });
      const left = found.what.length - allowed.length;
      const note = left === 0 ? '' : `(${left} results left out: this task does not allow those pages)`;
      if (allowed.length === 0) return succeeded(`No results. ${note}`.trim());
      const text = allowed.slice(0, MOST_HITS).map(inLines).join('\n\n');
      const mark = createHash('sha256').update(text).digest('hex').slice(0, 12);
      return succeeded(`${fenced(`results for ${query}`, text, mark)}\n${note}`.trim());
    },
  });
}

function inLines({ url, title, snippet }: SearchHit): string {
  return [url, title, snippet.slice(0, LONGEST_SNIPPET)].filter((line) => line !== '').join('\n');
}
