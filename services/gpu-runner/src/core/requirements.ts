/**
 * The requirements of a deliverable, read strictly: exact versions of named packages and nothing else.
 *
 * The text may come from generated code and goes to an installer that runs outside the sandbox, so options, URLs,
 * paths and includes are refused. Names are compared in the normal form of PEP 503.
 */

export interface Pin {
  readonly name: string;
  readonly version: string;
}

export type Requirements =
  | { readonly kind: 'pinned'; readonly pins: readonly Pin[]; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

const LINE =
  /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[A-Za-z0-9,._ -]*\])?\s*==\s*([A-Za-z0-9][A-Za-z0-9.!+_-]*)\s*(;(?!.*\s-)[^#\\]*)?$/;
const HASH = /\s?--hash=sha256:[0-9a-f]{64}/g;
/** Beyond it are characters that end a line for the installer and for nobody here: what follows them would be an option. */
const PRINTABLE = /^[\t -~]*$/;

export function readRequirements(text: string): Requirements {
  const pins: Pin[] = [];
  const kept: string[] = [];
  // A backslash joins lines, as `pip freeze` and hash lists write them.
  for (const [index, line] of text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .entries()) {
    const meaning = line.replace(/(^|\s)#.*$/, '').trim();
    if (meaning === '') continue;
    const found = LINE.exec(meaning.replaceAll(HASH, '').trim());
    if (!PRINTABLE.test(meaning) || found?.[1] === undefined || found[2] === undefined) {
      return {
        kind: 'refused',
        reason: `requirements line ${index + 1}: "${meaning.slice(0, 100)}" is not name==version; pin each package exactly`,
      };
    }
    pins.push({ name: normalName(found[1]), version: found[2] });
    kept.push(meaning);
  }
  return { kind: 'pinned', pins, text: `${kept.join('\n')}\n` };
}

export const normalName = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');

/** The pins that `installed` (normal name → version) does not have exactly. */
export function missingFrom(installed: ReadonlyMap<string, string>, pins: readonly Pin[]): Pin[] {
  return pins.filter((pin) => installed.get(pin.name) !== pin.version);
}
