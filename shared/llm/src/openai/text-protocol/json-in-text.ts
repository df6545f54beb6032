/** JSON somewhere in a text: the whole of it, in a fence, or between other words. */

export type FoundJson = { readonly value: unknown } | { readonly why: string };

export function jsonInText(text: string): FoundJson {
  const whole = parsed(text);
  if ('value' in whole) return whole;
  for (const [, fenced] of text.matchAll(/```(?:json|JSON)?[ \t]*\n([\s\S]*?)\n?```/g)) {
    const found = parsed(fenced ?? '');
    if ('value' in found) return found;
  }
  const start = text.search(/[{[]/);
  if (start < 0) return { why: 'it holds no JSON object' };
  const end = balancedEnd(text, start);
  if (end < 0) return { why: 'its JSON object is not closed' };
  return parsed(text.slice(start, end));
}

function parsed(text: string): FoundJson {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { value } : { why: 'it holds no JSON object' };
  } catch (error) {
    return { why: `its JSON is not valid (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Behind the bracket that closes the one at `start`, strings left aside; -1 where it is not closed. */
function balancedEnd(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
