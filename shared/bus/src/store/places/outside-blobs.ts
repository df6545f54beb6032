/** A store of blobs outside NATS: it can be away, or be another one than was meant, without NATS knowing. */
import type { BlobStore } from '../blob-store.ts';

/** The name under which a place says which one it is, so that an empty mount point or another bucket is noticed. */
export const MARK_NAME = 'modelwright-content.json';

export interface OutsideBlobs extends BlobStore {
  /** Null where there is none. */
  readMark(): Promise<string | null>;
  /** Leaves a mark that is there already; who asks reads afterwards. */
  writeMark(text: string): Promise<void>;
}
