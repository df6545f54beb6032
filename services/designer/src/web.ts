/** The web, as a designer's tools see it. What fails is told, never thrown: a page that cannot be had is no accident. */

export interface Page {
  /** Where the text was found, after redirects. */
  readonly url: string;
  readonly title: string | null;
  readonly text: string;
  /** The page was longer than is read. */
  readonly cut: boolean;
}

export interface SearchHit {
  readonly url: string;
  readonly title: string;
  readonly snippet: string;
}

export type Had<What> =
  | { readonly kind: 'had'; readonly what: What }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Web {
  /** Domains that this installation does not read. */
  readonly deny: readonly string[];
  /** @param objection Asked of the address, and of every one that it is redirected to. */
  page(url: URL, objection: (url: URL) => string | null): Promise<Had<Page>>;
  /** Null where no search engine is configured. */
  readonly search: ((query: string) => Promise<Had<SearchHit[]>>) | null;
}
