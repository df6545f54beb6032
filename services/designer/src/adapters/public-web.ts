/** The web as it is, with the search engine that this installation names. */
import type { Web } from '../web.ts';
import { isPublicAddress } from './public-addresses.ts';
import { type PageReader, readPage } from './public-page.ts';
import { searchWith } from './search-engine.ts';

export interface WebSettings {
  /** Null for none. */
  readonly searchUrl: string | null;
  readonly deny: readonly string[];
}

const READER: PageReader = { isAllowed: isPublicAddress, timeoutMs: 20_000, maxBytes: 2_000_000 };

export function publicWeb({ searchUrl, deny }: WebSettings): Web {
  return {
    deny,
    page: (url, objection) => readPage(url, objection, READER),
    search: searchUrl === null ? null : (query) => searchWith(searchUrl, query),
  };
}
