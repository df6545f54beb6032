/**
 * A process of its own that stores a blob in a bucket and never comes to its end: it says `stored` on its output once so
 * many bytes have been asked for, and waits to be killed.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { contentPlace } from '../store/places/content-place.ts';
import { openOutside } from '../store/places/open-outside.ts';
import { numberedBytes } from './numbered-bytes.ts';

const [text = '', size = '', stallAt = ''] = process.argv.slice(2);
const place = contentPlace.parse(text);
if (place.kind === 'nats') throw new Error('this is for places outside NATS');
const blobs = await openOutside(place);
const bytes = numberedBytes(Number(size));
const sha256 = createHash('sha256').update(bytes).digest('hex');
await blobs.write({ store: 'artifacts', sha256 }, { size: bytes.length, label: 'a blob', pieces });

async function* pieces() {
  const step = 512 * 1024;
  for (let start = 0; start < bytes.length; start += step) {
    if (start >= Number(stallAt)) {
      process.stdout.write('stored\n');
      await once(process, 'never');
    }
    yield bytes.subarray(start, start + step);
  }
}
