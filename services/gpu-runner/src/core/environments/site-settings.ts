/** What a site says about its package index and its network, as far as an installer in a sandbox may know it. */

/** Of the installer's own settings only those that say where packages come from; where they go is ours to say. */
const SETTING =
  /^(PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|TRUSTED_HOST|CERT|PROXY|RETRIES|TIMEOUT|DEFAULT_TIMEOUT|CONFIG_FILE)|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;
const NAMES_FILES =
  /^(PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|CERT|CONFIG_FILE)|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;
const CREDENTIALS = /\/\/[^/\s@]+@/;

export function installerVariables(environment: Readonly<Record<string, unknown>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (typeof value === 'string' && SETTING.test(name)) kept[name] = value;
  }
  return kept;
}

/** Files and folders that the settings name: the installer must be able to read them. */
export function namedFiles(variables: Readonly<Record<string, string>>): string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(variables)) {
    if (!NAMES_FILES.test(name)) continue;
    for (const word of value.split(/\s+/)) {
      const path = word.startsWith('file://') ? decodeURIComponent(word.slice('file://'.length)) : word;
      if (path.startsWith('/')) found.add(path.replace(/(.)\/+$/, '$1'));
    }
  }
  return [...found].sort();
}

const LINE_OF_FILES = /^\s*(?:cert|find-links|index-url|extra-index-url)\s*[=:]\s*(.*)$/i;

/** Files and folders that a file of the installer's settings names, as `cert = /etc/…` does. */
export function filesNamedIn(text: string): string[] {
  const values = text.split(/\r?\n/).map((line) => LINE_OF_FILES.exec(line)?.[1] ?? '');
  return namedFiles({ PIP_FIND_LINKS: values.join(' ') });
}

/** Settings that hold a password: programs that packages bring for their installation could read them. */
export function settingsWithCredentials(variables: Readonly<Record<string, string>>): string[] {
  return Object.keys(variables)
    .filter((name) => CREDENTIALS.test(variables[name] ?? ''))
    .sort();
}
