/** A copy of a task folder with its archives unpacked, for a program that makes something else of it. */
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';

const unpackRequest = z.object({
  /** Absolute path. */
  folder: z.string(),
  /** Within the folder, or within one that is named before. */
  archives: z.array(z.string()),
  /** An empty folder. */
  out: z.string(),
});
export type UnpackRequest = z.infer<typeof unpackRequest>;

const unpackAnswer = z.object({ files: z.int() });
export type UnpackAnswer = z.infer<typeof unpackAnswer>;

const UNPACK: HarnessCommand<UnpackRequest, UnpackAnswer> = {
  name: 'unpack',
  request: unpackRequest,
  answer: unpackAnswer,
  reads: ({ folder }) => [folder],
  writes: ({ out }) => [out],
};

export function unpack(
  harness: Harness,
  request: UnpackRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<UnpackAnswer>> {
  return runHarness(harness, UNPACK, request, signal);
}
