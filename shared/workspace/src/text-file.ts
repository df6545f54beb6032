/** Single text files of a work tree. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Reading = { kind: 'text'; text: string } | { kind: 'refused'; reason: string };
export type Writing = { kind: 'written'; bytes: number } | { kind: 'refused'; reason: string };

export function textOf(path: string, bytes: Uint8Array): Reading {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: 'refused', reason: `"${path}" is not UTF-8 text` };
  }
}

/** Whole or not at all: written beside its place, then moved there. `name` is the file as its owner knows it. */
export async function writeWhole(absolute: string, name: string, content: string): Promise<Writing> {
  const folder = dirname(absolute);
  await mkdir(folder, { recursive: true });
  const beside = join(folder, `.writing-${randomUUID()}`);
  try {
    await writeFile(beside, content, { flag: 'wx' });
    await rename(beside, absolute);
    return { kind: 'written', bytes: Buffer.byteLength(content) };
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') {
      return { kind: 'refused', reason: `"${name}" is a folder` };
    }
    throw error;
  }
}
