/** A look at a place from here, for `modelwright doctor`: whether it can be read and written, and how fast. */

import { Blobs, bytesSource } from '../blobs.ts';
import { sha256Of } from '../digest.ts';
import type { OutsidePlace } from './content-place.ts';
import { markOf } from './mark.ts';
import { openOutside } from './open-outside.ts';

export interface PlaceProbe {
  /** Whether a farm has kept content there. */
  readonly marked: boolean;
  /** Of storing a small blob and reading it again. */
  readonly milliseconds: number;
}

/** Throws a failure in words where the place cannot be used. Leaves one small blob, always the same. */
export async function probePlace(place: OutsidePlace): Promise<PlaceProbe> {
  const outside = await openOutside(place);
  const id = await markOf(outside);
  const blobs = new Blobs(outside);
  const bytes = Buffer.from('modelwright was here');
  const started = performance.now();
  const ref = await blobs.put('artifacts', bytesSource(bytes, 'a probe'), sha256Of(bytes));
  await blobs.bytes(ref);
  return { marked: id !== null, milliseconds: Math.round(performance.now() - started) };
}
