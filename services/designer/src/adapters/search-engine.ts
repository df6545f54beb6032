/** A search engine that answers as SearXNG does: `?q=…&format=json`. It belongs to whoever runs this, and may be private. */
import { z } from 'zod';
import type { Had, SearchHit } from '../web.ts';

const TIMEOUT_MS = 20_000;

const answer = z.object({
  results: z.array(
    z.object({
      url: z.string(),
      title: z.string().nullish(),
      content: z.string().nullish(),
    }),
  ),
});

export async function searchWith(engine: string, query: string): Promise<Had<SearchHit[]>> {
  const url = new URL(engine);
  url.searchParams.set('q', query);
  url.searchParams.set('format', 'json');
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return refused(`it answered ${response.status}`);
    const { results } = answer.parse(await response.json());
    const hits = results.map(({ url: found, title, content }) => ({
      url: found,
      title: title ?? '',
      snippet: content ?? '',
    }));
    return { kind: 'had', what: hits };
  } catch (error) {
    return refused(error instanceof z.ZodError ? 'it answered something else than results' : said(error));
  }
}

function refused(reason: string): Had<never> {
  return { kind: 'refused', reason: `the search engine failed: ${reason}` };
}

/** Of a failed fetch the cause says more than the error. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
