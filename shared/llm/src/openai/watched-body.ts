/**
 * The body of a reply, watched: that bytes come, and that they do not come for ever.
 *
 * The library stops reading where a stream says that it is complete, before the body has ended, and a body that is left
 * unread ends its connection. Here what remains is read, so that the next request need not connect again.
 */
import { BrokenReply } from './wire-api.ts';

/** Of a whole reply on the wire, where each token may come in an envelope of some hundred bytes. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What remains are a few bytes that are there already, or nothing worth waiting for. */
const REMAINDER_MS = 250;

/** @param heard Called whenever bytes came. */
export function watchedBody(body: ReadableStream<Uint8Array>, heard: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      heard();
      bytes += value.byteLength;
      if (bytes > MOST_BYTES) throw new BrokenReply('the reply does not end');
      controller.enqueue(value);
    },
    cancel() {
      // Nobody waits for it, and an error in what nobody reads is none.
      void readRemainder(reader).catch(() => undefined);
    },
  });
}

async function readRemainder(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const enough = setTimeout(() => void reader.cancel().catch(() => undefined), REMAINDER_MS);
  try {
    for (let done = false; !done; ) ({ done } = await reader.read());
  } finally {
    clearTimeout(enough);
  }
}
