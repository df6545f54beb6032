/** Which assets a host may fetch, and how a source is named in words. */
import type { AssetSource } from '@modelwright/contracts';

export interface AssetRules {
  /** `off`: none at all. */
  readonly mode: 'off' | 'allow';
  /** Patterns of names as `sourceName` makes them; `*` stands for any characters. */
  readonly allow: readonly string[];
}

/** `hub:organisation/name@revision`, `url:https://…`, `site:path`. */
export function sourceName(source: AssetSource): string {
  switch (source.kind) {
    case 'hub':
      return `hub:${source.repository}@${source.revision}`;
    case 'url':
      return `url:${new URL(source.url).href}`;
    case 'site':
      return `site:${source.path}`;
  }
}

/** Null when it may be fetched here. A pattern for a hub need not speak of the revision. */
export function whyNotAllowed(source: AssetSource, { mode, allow }: AssetRules): string | null {
  const name = sourceName(source);
  if (mode === 'off') return `${name}: this host provides no assets (RUNNER_ASSETS=off)`;
  const names = source.kind === 'hub' ? [name, `hub:${source.repository}`] : [name];
  if (allow.some((pattern) => names.some((one) => matches(pattern, one)))) return null;
  const listed = allow.length === 0 ? 'it is empty' : `it has ${allow.join(', ')}`;
  return `${name} is not in the list of assets that this host may fetch: ${listed}. Its operator adds it to RUNNER_ASSETS_ALLOW`;
}

/** As shells match names, but `*` goes past slashes. Not by a regular expression: many stars would keep one busy for hours. */
export function matches(pattern: string, text: string): boolean {
  let [at, star, tried] = [0, -1, 0];
  for (let n = 0; n < text.length; ) {
    if (pattern[at] === '*') [star, tried, at] = [at, n, at + 1];
    else if (pattern[at] === '?' || pattern[at] === text[n]) [at, n] = [at + 1, n + 1];
    else if (star === -1) return false;
    else [at, tried, n] = [star + 1, tried + 1, tried + 1];
  }
  return /^\**$/.test(pattern.slice(at));
}
