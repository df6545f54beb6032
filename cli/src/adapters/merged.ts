/** Several endless sources as one, each item as it comes. */

/** Ends when all sources have ended; rejects as soon as one does. */
export async function* merged<Item>(sources: readonly AsyncIterable<Item>[]): AsyncGenerator<Item> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const waiting = new Map(iterators.map((iterator, index) => [index, pulled(iterator, index)]));
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values());
      const iterator = iterators[index];
      if (result.done === true || iterator === undefined) {
        waiting.delete(index);
        continue;
      }
      waiting.set(index, pulled(iterator, index));
      yield result.value;
    }
  } finally {
    // An iterator that is being pulled ends when its own signal comes: waiting for it here would wait for ever.
    for (const iterator of iterators) void iterator.return?.();
  }
}

async function pulled<Item>(iterator: AsyncIterator<Item>, index: number) {
  return { index, result: await iterator.next() };
}
