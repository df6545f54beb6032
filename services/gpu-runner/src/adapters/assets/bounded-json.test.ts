import { describe, expect, test } from 'vitest';
import { AssetFailure } from './asset-failure.ts';
import { boundedJson } from './bounded-json.ts';

const failure = async (answer: Response) => {
  const error = await boundedJson(answer, 'hub:a/b@main', 100).catch((thrown: unknown) => thrown);
  return error instanceof AssetFailure ? { message: error.message, passing: error.passing } : error;
};

describe('what a hub answers', () => {
  test('is read as JSON', async () => {
    expect(await boundedJson(new Response('{"a": "é"}'), 'hub', 100)).toEqual({ a: 'é' });
  });

  test('is read to its bound and no further, though it never ends', async () => {
    let pulled = 0;
    let ended = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(40));
      },
      cancel() {
        ended = true;
      },
    });
    const message = 'hub:a/b@main: it answers with more than 100 bytes';
    expect(await failure(new Response(endless))).toEqual({ message, passing: false });
    expect(pulled).toBeLessThan(10);
    expect(ended).toBe(true);
  });

  test('is a failure for now when it is no JSON', async () => {
    const message = 'hub:a/b@main: what it answers is no JSON';
    expect(await failure(new Response('<html>busy</html>'))).toEqual({ message, passing: true });
    expect(await failure(new Response(null))).toEqual({ message, passing: true });
  });

  test('is a failure for now when it breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('reset')),
    });
    const message = 'hub:a/b@main: its answer breaks off after 0 bytes';
    expect(await failure(new Response(broken))).toEqual({ message, passing: true });
  });
});
