import type { Pieces } from './blob-store.ts';

/** All pieces as one. */
export async function joined(pieces: Pieces): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(Buffer.concat(all));
}
