/**
 * Maps items with at most `width` under way, keeping their order. After a failure no
 * further item is begun; it is thrown when all have stopped.
 */
export async function inParallel<Item, Result>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const failed = new AbortController();
  const worker = async () => {
    try {
      for (const [n, item] of queue) {
        if (failed.signal.aborted) return;
        results.set(n, await work(item));
      }
    } catch (error) {
      failed.abort();
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
