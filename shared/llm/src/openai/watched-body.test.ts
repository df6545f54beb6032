import { describe, expect, it } from 'vitest';
import { watchedBody } from './watched-body.ts';

const MIB = new Uint8Array(1024 * 1024);

describe('a watched body', () => {
  it('is given up when it does not end', async () => {
    let heard = 0;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(MIB) });
    const body = new Response(watchedBody(endless, () => (heard += 1)));
    await expect(body.arrayBuffer()).rejects.toThrow('does not end');
    expect(heard).toBe(65);
  });

  it('is read to its end when nobody reads it any more', async () => {
    const ended = Promise.withResolvers<void>();
    let left = 3;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left > 0) return controller.enqueue(MIB);
        controller.close();
        ended.resolve();
      },
    });
    await watchedBody(source, () => undefined).cancel();
    await ended.promise;
    expect(left).toBe(0);
  });
});
