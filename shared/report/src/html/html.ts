/** Pieces of HTML. What is put into a piece is text, and is escaped, unless it is a piece itself. */

/** Made by `html` alone, and by `drawing` of what a plotting library has escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Html | string | number | null | readonly Content[];

export function html(pieces: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const text = pieces.map((piece, index) => piece + written(contents[index] ?? null)).join('');
  return new Html(text);
}

function written(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(written).join('');
  return escaped(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return harmless(text).replace(/[&<>"']/g, (one) => ENTITIES[one] ?? '');
}

/** Control characters, escape sequences of terminals, and marks that turn the direction of writing around. */
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text of candidates may hold any bytes.
  /\u001b\[[0-?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function harmless(text: string): string {
  return text.replace(CONTROL, '').toWellFormed();
}
