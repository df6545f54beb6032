/** Bytes that no two places of are alike, and the same in every process. */
export function numberedBytes(size: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(size / 4));
  for (let n = 0; n < words.length; n++) words[n] = Math.imul(n + 1, 2_654_435_761);
  return new Uint8Array(words.buffer, 0, size);
}
