/** What an installer's errors mean, in one sentence that says what to do about them. */

export interface InstallerFailure {
  readonly reason: string;
  /** It may well succeed later, or on another host: the index did not answer. */
  readonly passing: boolean;
  /** A file was not the one that was agreed on: nothing else may stand in for it. */
  readonly tampered: boolean;
}

const MOST_CHARACTERS = 400;
const MOST_VERSIONS = 8;
const NONE = '(there is none as a wheel for this interpreter)';
const VERSIONS = /\(from versions: ([^)]*)\)/;
const UNREACHABLE =
  /connection broken by|Max retries exceeded|name resolution|Name or service not known|Read timed out|Connection (refused|reset|aborted)|HTTP error 5\d\d|50[234] (Server Error|Service|Bad|Gateway)/i;
const CERTIFICATE = /CERTIFICATE_VERIFY_FAILED|SSLError/;
const MISMATCH = /DO NOT MATCH THE HASHES/;
const MISMATCHED =
  /^\s*(\S+) from (\S+?)(?: \(from [^\n]*\))?:\s*\n\s*Expected sha256 ([0-9a-f]{64})(?:\s*\n\s*Expected[^\n]*)*\s*\n\s*Got\s+([0-9a-f]{64})/m;

/** @param ended How the installer ended, for when it said nothing. */
export function installerFailure(stderr: string, ended: string): InstallerFailure {
  if (MISMATCH.test(stderr)) return { reason: mismatch(stderr), passing: false, tampered: true };
  if (CERTIFICATE.test(stderr)) {
    const reason = `the certificate of the package index is not trusted here: ${lastError(stderr, ended)}`;
    return { reason, passing: false, tampered: false };
  }
  if (UNREACHABLE.test(stderr)) {
    const reason = `the package index does not answer: ${lastError(stderr, ended).replace(NONE, '')}`.trim();
    return { reason, passing: true, tampered: false };
  }
  return { reason: lastError(stderr, ended), passing: ended.includes('time limit'), tampered: false };
}

function mismatch(stderr: string): string {
  const [, name, from, expected, got] = MISMATCHED.exec(stderr) ?? [];
  if (name === undefined)
    return 'a package is another file than the one that was agreed on (its sha256 differs)';
  return `${name} from ${from} is another file than the one that was agreed on: its sha256 is ${got}, not ${expected}`;
}

/** Of the errors the one that says which versions there are, else the last. */
function lastError(stderr: string, ended: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((text) => text.startsWith('ERROR:'));
  const line = errors.find((text) => VERSIONS.test(text)) ?? errors.at(-1) ?? lines.at(-1) ?? ended;
  return line.replace('ERROR:', '').replace(VERSIONS, newestOf).trim().slice(0, MOST_CHARACTERS);
}

/** The installer lists them from the oldest on. */
function newestOf(_all: string, list: string): string {
  if (list === 'none') return NONE;
  const versions = list.split(', ');
  const shown = versions.slice(-MOST_VERSIONS).join(', ');
  return `(there are versions ${versions.length > MOST_VERSIONS ? `… ${shown}` : shown})`;
}
