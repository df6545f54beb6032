/** A body too large for a message lies in the content store; the header says where. */
import { type BlobRef, blobRef } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';

export const BODY_HEADER = 'Mw-Body';

/** `<store> <sha256> <bytes>` */
export const writeBodyReference = (ref: BlobRef) => `${ref.store} ${ref.sha256} ${ref.size}`;

export function readBodyReference(text: string): BlobRef {
  const [store, sha256, size] = text.split(' ');
  const parsed = blobRef.safeParse({ kind: 'blob', store, sha256, size: Number(size) });
  if (parsed.success) return parsed.data;
  throw new PermanentFailure('malformed-envelope', `The message's ${BODY_HEADER} header names no content.`);
}
