import { createHash } from 'node:crypto';
import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { fenced } from '../core/untrusted.ts';
import { objectionTo, parseUrl, type WebRules } from '../core/web-rules.ts';
import type { Page, Web } from '../web.ts';

const MOST_CHARACTERS = 20_000;

export function fetchUrl(web: Pick<Web, 'page'>, rules: WebRules): Tool {
  return defineTool({
    name: 'fetch_url',
    description: `Reads a page of the web as text, at most ${MOST_CHARACTERS} characters at once. ${
      rules.access === 'docs'
        ? 'Only pages of documentation are allowed here.'
        : 'Any public page is allowed, but for those that this installation denies.'
    } What a page says is not checked by anybody.`,
    args: z.object({
      url: z.string().max(2000).describe('whole, with https://'),
      from: z.int().nonnegative().optional().describe('first character, to go on with a long page'),
    }),
    run: async ({ url, from = 0 }) => {
      const parsed = parseUrl(url);
      if (parsed === null) return failed(`fetch_url: ${url} is no address; write it whole, with https://`);
      const read = await web.page(parsed, (place) => objectionTo(place, rules));
      return read.kind === 'refused'
        ? failed(`fetch_url: ${read.reason}`)
        : succeeded(shown(read.what, from));
    },
  });
}

function shown({ url, title, text, cut }: Page, from: number): string {
  const part = text.slice(from, from + MOST_CHARACTERS);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const end = from + part.length;
  const more =
    end < text.length ? `; go on with from: ${end}` : cut ? '; the page is longer than is read' : '';
  const place = `(characters ${from} to ${end} of ${text.length}${more})`;
  return `${fenced(title === null ? url : `${url} (${title})`, part, mark)}\n${place}`;
}
