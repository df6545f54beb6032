/** What a policy decides: one call, or to end without one. */

export interface Answer {
  /** In words, for the log. */
  readonly text: string;
  readonly call: { readonly name: string; readonly args: Readonly<Record<string, unknown>> } | null;
}

export function calling(text: string, name: string, args: Readonly<Record<string, unknown>>): Answer {
  return { text, call: { name, args } };
}

/** No call: the assignment ends as failed, with this reason. */
export function givingUp(reason: string): Answer {
  return { text: reason, call: null };
}
