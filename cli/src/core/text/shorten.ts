/** Text that may hold anything, made fit for one line of a terminal. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of foreign text must not reach a terminal.
const CONTROL = /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Without escape sequences and control characters: a log line of a candidate may hold any bytes. */
export function harmless(text: string): string {
  return text.replace(CONTROL, '').replaceAll('\t', '    ');
}

/** One line of at most `width` characters; what is cut is shown by an ellipsis. */
export function oneLine(text: string, width: number): string {
  const line = harmless(text.replace(/\s*\n\s*/g, ' ')).trim();
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
