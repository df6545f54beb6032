/** Former calls of tools on their way out. What a model wrote may be neither a name nor JSON, and servers insist on both. */

const SHOWN = 2000;

/**
 * Many servers read the arguments of former calls and fail when these are no JSON object. The model sees what it wrote all
 * the same.
 */
export function sendableArguments(args: string): string {
  return isObject(args) ? args : JSON.stringify({ malformed_arguments: args.slice(0, SHOWN).toWellFormed() });
}

/** Letters, digits, `_` and `-`, at most 64: others are refused with the whole conversation. */
export function sendableName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed';
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
