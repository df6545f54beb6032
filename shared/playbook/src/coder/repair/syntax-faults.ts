/** Lines that Python cannot read. */
import type { Answer } from '../../answer.ts';
import { replaceLine } from './edit.ts';
import type { Fault } from './fault.ts';
import type { Rule } from './repair.ts';
import { indent, inFile, lineOf, type Source, said } from './source.ts';

export const brokenSyntax: Rule = (fault, knowledge) => {
  if (!['SyntaxError', 'IndentationError', 'TabError'].includes(fault.error)) return null;
  const place = fault.places.at(-1);
  if (place === undefined) return null;
  return inFile({ path: place.path, why: said(fault) }, knowledge, (source) => {
    if (fault.error !== 'SyntaxError') return indented(source, place.line, fault);
    if (fault.message.includes("expected ':'")) {
      return replaceLine(
        source,
        place.line,
        `${lineOf(source, place.line)?.trimEnd()}:`,
        'A colon is missing.',
      );
    }
    return closed(source);
  });
};

/** Gives the line the indentation of what stands around it. */
function indented(source: Source, line: number, { message }: Fault): Answer | null {
  const old = lineOf(source, line);
  const above = source.text
    .split('\n')
    .slice(0, line - 1)
    .findLast((one) => one.trim() !== '');
  if (old === null || above === undefined) return null;
  const opens = message.includes('expected an indented block') || above.trimEnd().endsWith(':');
  const inner = indent(above) + (opens ? 4 : 0);
  const level = message.startsWith('unindent') ? outerLevel(source, line) : inner;
  return replaceLine(source, line, `${' '.repeat(level)}${old.trimStart()}`, 'The indentation is wrong.');
}

/** The level of the next line where a block above has it, else the innermost such level that is further out. */
function outerLevel(source: Source, line: number): number {
  const lines = source.text.split('\n');
  const own = indent(lines[line - 1] ?? '');
  const filled = lines.slice(0, line - 1).filter((one) => one.trim() !== '');
  const levels = new Set(filled.map(indent).filter((level) => level < own));
  const below = indent(lines.slice(line).find((one) => one.trim() !== '') ?? '');
  return levels.has(below) && below > 0 ? below : Math.max(0, ...levels);
}

const PAIRS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Closes the first bracket that is still open where the next statement begins, or the file ends. */
function closed(source: Source): Answer | null {
  const lines = source.text.split('\n');
  const open: { closing: string; indent: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const innermost = open.at(-1);
    const begins = line.trim() !== '' && !/^\s*[)\]}]/.test(line);
    const ends = index === lines.length - 1;
    if (innermost !== undefined && (ends || (begins && indent(line) <= innermost.indent))) {
      const last = lines.slice(0, index).findLastIndex((one) => one.trim() !== '');
      const why = `A bracket was never closed: ${innermost.closing} is missing.`;
      return replaceLine(source, last + 1, `${lines[last]?.trimEnd()}${innermost.closing}`, why);
    }
    for (const sign of bracketsIn(line)) {
      const closing = PAIRS.get(sign);
      if (closing !== undefined) open.push({ closing, indent: indent(line) });
      else open.pop();
    }
  }
  return null;
}

/** Outside of strings and comments. */
function bracketsIn(line: string): string[] {
  const bare = line.replaceAll(/"[^"]*"|'[^']*'/g, '').replace(/#.*$/, '');
  return bare.match(/[()[\]{}]/g) ?? [];
}
