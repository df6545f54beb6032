/** An edit that cannot hit the wrong place. */
export type Edit =
  | { readonly kind: 'edited'; readonly text: string; readonly line: number }
  | { readonly kind: 'refused'; readonly reason: string };

export function replaceOnce(text: string, find: string, replace: string): Edit {
  const first = text.indexOf(find);
  if (first < 0) return { kind: 'refused', reason: 'the text to find does not occur; read the file again' };
  const second = text.indexOf(find, first + 1);
  if (second >= 0) {
    const [one, other] = [lineAt(text, first), lineAt(text, second)];
    return { kind: 'refused', reason: `the text to find occurs at line ${one} and again at line ${other}` };
  }
  const edited = text.slice(0, first) + replace + text.slice(first + find.length);
  if (edited === text) return { kind: 'refused', reason: 'nothing would change' };
  return { kind: 'edited', text: edited, line: lineAt(text, first) };
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
