/** Changes of files as calls of tools. */
import { type Answer, calling } from '../../answer.ts';

export function read(path: string, why: string): Answer {
  return calling(`${why} Looking at ${path}.`, 'read_file', { path });
}

export function write(path: string, content: string, why: string): Answer {
  return calling(why, 'write_file', { path, content });
}

/** Replaces line `number` (from 1); null when there is none, or nothing changes. */
export function replaceLine(
  { path, text }: { path: string; text: string },
  number: number,
  line: string,
  why: string,
): Answer | null {
  const lines = text.split('\n');
  const old = lines[number - 1];
  if (old === undefined || old === line) return null;
  // What is to be found must occur once: lines above are taken in until it does.
  for (let first = number - 1; first >= 0; first -= 1) {
    const above = lines
      .slice(first, number - 1)
      .map((one) => `${one}\n`)
      .join('');
    const find = `${above}${old}\n`;
    if (text.split(find).length === 2) {
      return calling(why, 'edit_file', { path, find, replace: `${above}${line}\n` });
    }
  }
  return null;
}

/** Replaces a word wherever it stands alone in a line; null when it does not. */
export function withWord(line: string, word: string, replacement: string): string | null {
  const alone = new RegExp(`(?<![A-Za-z0-9_])${escaped(word)}(?![A-Za-z0-9_])`, 'g');
  const changed = line.replace(alone, () => replacement);
  return changed === line ? null : changed;
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
