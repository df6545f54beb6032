/**
 * Takes secrets out of text before it is written anywhere: those that this process knows, and what has the form of one.
 *
 * A form counts only where it stands by itself, so that encoded data in which it occurs by chance stays whole.
 */
export type Scrub = (text: string) => string;

export const SECRET = '[secret]';

/** Shorter ones would take ordinary words with them. */
const SHORTEST_SECRET = 8;

const FORMS: readonly RegExp[] = [
  // OpenAI, and Anthropic, OpenRouter and others who took its form over. Words alone are no key: it has digits.
  /(?<![\w-])(?:sk|nvapi)-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}/g,
  // Groq, xAI, Perplexity, Replicate, Hugging Face: of one piece, as the names in a program seldom are.
  /(?<![\w-])(?:gsk_|xai-|pplx-|r8_|hf_)[A-Za-z0-9]{20,}(?![\w-])/g,
  // Google.
  /(?<![\w-])AIza[A-Za-z0-9_-]{35}(?![\w-])/g,
  // AWS.
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  // GitHub, GitLab, Slack.
  /(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,})/g,
  // JSON web tokens.
  /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-(?!----)){1,10000}-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** What stands before these stays. */
const FORMS_AFTER: readonly RegExp[] = [
  /(\b[Bb]earer )[A-Za-z0-9._~+/-]{16,}=*/g,
  // A name and a password within an address. Quotes and backslashes end it: in JSON and in code what follows is other text.
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`\\]{1,100}:)[^\s/@"'`\\]{1,200}(?=@)/g,
];

/** @param known Values that must never be written, whatever their form. */
export function scrubber(known: readonly string[]): Scrub {
  // The longest first: one may be the beginning of another.
  const values = [...new Set(known)]
    .filter((value) => value.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, SECRET);
    for (const form of FORMS) clean = clean.replace(form, SECRET);
    for (const form of FORMS_AFTER) clean = clean.replace(form, `$1${SECRET}`);
    return clean;
  };
}

/** Names that usually hold a secret. */
const SECRET_NAME = /(KEY|KEY_ID|TOKEN|SECRET|PASSWORD|CREDENTIALS)$/i;

/** The secrets in an environment, by the names of their variables. */
export function secretsIn(variables: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined && value !== '' ? [value] : [],
  );
}

/** Every text in a value of JSON's kinds, names of fields excepted. Returns the value itself where nothing was found. */
export function scrubAll(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const clean = items.map((item) => scrubAll(item, scrub));
    return clean.some((item, index) => item !== items[index]) ? clean : value;
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  const fields = Object.entries(value).map(([name, field]) => ({
    name,
    field,
    clean: scrubAll(field, scrub),
  }));
  if (fields.every(({ field, clean }) => field === clean)) return value;
  return Object.fromEntries(fields.map(({ name, clean }) => [name, clean]));
}
