/** What the requests of a run have in common, by role. Pure. */

/** A request, tools and system prompt first, as providers read it. */
export interface Sent {
  readonly role: string;
  readonly text: string;
  readonly inputTokens: number;
  readonly cachedTokens: number;
}

export interface Spoken {
  readonly role: string;
  readonly requests: number;
  /** With what all requests of the role begin, in characters. */
  readonly prefix: number;
  readonly inputTokens: number;
  /** Of the input: a provider that keeps what it has read had it already. */
  readonly cachedShare: number;
}

export function spokenBy(sent: readonly Sent[]): Spoken[] {
  return [...Map.groupBy(sent, ({ role }) => role)].map(([role, requests]) => {
    const sum = (of: (one: Sent) => number) => requests.reduce((all, one) => all + of(one), 0);
    const inputTokens = sum((one) => one.inputTokens);
    return {
      role,
      requests: requests.length,
      prefix: sharedPrefix(requests.map(({ text }) => text)),
      inputTokens,
      cachedShare: sum((one) => one.cachedTokens) / inputTokens,
    };
  });
}

/** How many characters all of the texts begin with alike. */
export function sharedPrefix([first = '', ...others]: readonly string[]): number {
  return others.reduce((shared, other) => {
    let same = 0;
    while (same < shared && first[same] === other[same]) same += 1;
    return same;
  }, first.length);
}
