/** What can go wrong on the way, whatever the answer would have been. */

export type Fault =
  /** An answer that is none: status, headers and body as given; an object is sent as JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** The connection is reset after so many events (default 3); with 0 before anything was sent. */
  | { readonly kind: 'reset'; readonly afterEvents?: number }
  /** Nothing more comes after so many events (default 3), and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterEvents?: number }
  /** The stream ends in good order after so many events (default 3), as if it were complete. */
  | { readonly kind: 'end'; readonly afterEvents?: number }
  /** All is sent, and the reply ends so many milliseconds later. */
  | { readonly kind: 'linger'; readonly ms: number }
  /** The bytes of the body are changed before they are sent. */
  | { readonly kind: 'garble'; readonly change: (body: Buffer) => Buffer }
  /** The body goes out in pieces of so many bytes: characters and events are cut anywhere. */
  | { readonly kind: 'split'; readonly bytes: number }
  /** No usage is told. */
  | { readonly kind: 'no-usage' };

/** For `garble`: every occurrence of a text is replaced by bytes that are no UTF-8. */
export function invalidUtf8(text: string): Fault {
  return {
    kind: 'garble',
    change: (body) => Buffer.from(body.toString('latin1').replaceAll(text, '\xff\xfe\xc3'), 'latin1'),
  };
}

/** For `status`: the error object that OpenAI sends, which most other servers imitate. */
export function errorBody(message: string, code: string | null = null, type = 'invalid_request_error') {
  return { error: { message, type, param: null, code } };
}
