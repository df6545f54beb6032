/**
 * A first look at a file that was written: the check would find the same, a minute later.
 *
 * It only warns. The parser reads any text and marks what it could not make sense of; the odd rare form of Python is
 * among that (`with (a as b, c as d):`), so Python's own word, in the check, is the last.
 */
import { parser } from '@lezer/python';

/** What looks wrong, as a sentence; null when nothing does, or nobody can tell. */
export function syntaxWarning(path: string, text: string): string | null {
  if (path.endsWith('.py')) return pythonWarning(text);
  if (path.endsWith('.json')) return jsonWarning(path, text);
  return null;
}

function pythonWarning(text: string): string | null {
  const place = firstError(text);
  if (place === null) return null;
  const before = text.slice(0, place).split('\n');
  const line = text.split('\n')[before.length - 1] ?? '';
  const shown = line.trim() === '' ? 'there the text ends too early' : line.trim().slice(0, 120);
  return `Line ${before.length} may not be valid Python: ${shown}`;
}

function firstError(text: string): number | null {
  let place: number | null = null;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) place ??= node.from;
      return place === null;
    },
  });
  return place;
}

function jsonWarning(path: string, text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return `${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
