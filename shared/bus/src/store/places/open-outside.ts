import type { OutsidePlace } from './content-place.ts';
import { FolderBlobs } from './folder-blobs.ts';
import type { OutsideBlobs } from './outside-blobs.ts';
import { S3Blobs } from './s3-blobs.ts';
import { openBucket } from './s3-bucket.ts';

/** Opens a place for use; nothing is asked of it yet. */
export async function openOutside(place: OutsidePlace): Promise<OutsideBlobs> {
  switch (place.kind) {
    case 'folder':
      return new FolderBlobs(place.path);
    case 's3':
      return new S3Blobs(await openBucket(place));
  }
}
