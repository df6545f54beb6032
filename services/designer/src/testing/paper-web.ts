/** A web that consists of a few pages on paper. */
import type { Had, Page, SearchHit, Web } from '../web.ts';

export interface Paper {
  /** Text by address. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly hits?: readonly SearchHit[];
  readonly deny?: readonly string[];
}

export class PaperWeb implements Web {
  readonly asked: string[] = [];
  readonly deny: readonly string[];
  readonly search: Web['search'];
  readonly #pages: Readonly<Record<string, string>>;

  constructor({ pages = {}, hits, deny = [] }: Paper = {}) {
    this.deny = deny;
    this.#pages = pages;
    this.search =
      hits === undefined
        ? null
        : (query) => {
            this.asked.push(query);
            return Promise.resolve({ kind: 'had', what: [...hits] });
          };
  }

  page(url: URL, objection: (url: URL) => string | null): Promise<Had<Page>> {
    const refused = objection(url);
    if (refused !== null) return Promise.resolve({ kind: 'refused', reason: refused });
    this.asked.push(url.href);
    const text = this.#pages[url.href];
    return Promise.resolve(
      text === undefined
        ? { kind: 'refused', reason: `${url.href}: the server answered 404` }
        : { kind: 'had', what: { url: url.href, title: null, text, cut: false } },
    );
  }
}
