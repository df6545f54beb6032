/** Arguments of tool calls on their way out. */

const SHOWN = 2000;

/**
 * Many servers read the arguments of former calls and fail when these are no JSON object, which a model's may not be. The
 * model sees what it wrote all the same.
 */
export function wellFormed(args: string): string {
  return isObject(args) ? args : JSON.stringify({ malformed_arguments: args.slice(0, SHOWN) });
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
