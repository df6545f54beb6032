import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, missingS3Server, type S3ServerProcess, startS3Server } from '@modelwright/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CuttableProxy } from '../../testing/cuttable-proxy.ts';
import { numberedBytes } from '../../testing/numbered-bytes.ts';
import { placeOf, s3Credentials } from '../../testing/s3-place.ts';
import { Blobs, bytesSource } from '../blobs.ts';
import { contentPlace, type S3Place } from './content-place.ts';
import { openOutside } from './open-outside.ts';

const MiB = 1024 * 1024;
const UNTIL_PART = fileURLToPath(new URL('../../testing/store-until-part.ts', import.meta.url));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const missing = missingS3Server();
describe.skipIf(missing !== null)(
  `content in a bucket${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: S3ServerProcess;
    let credentials: Disposable;
    let proxy: CuttableProxy;
    /** Through the proxy, which counts and cuts. */
    let place: S3Place;

    beforeAll(async () => {
      server = await startS3Server();
      credentials = s3Credentials(server);
    });
    afterAll(async () => {
      credentials[Symbol.dispose]();
      await server.stop();
    });
    beforeEach(async () => {
      proxy = await CuttableProxy.before(Number(new URL(server.endpoint).port));
      place = placeOf({ ...server, endpoint: `http://127.0.0.1:${proxy.port}` });
      return () => proxy.close();
    });

    const put = async (bytes: Uint8Array, at: S3Place = place) =>
      new Blobs(await openOutside(at)).put('artifacts', bytesSource(bytes, 'a blob'), sha256(bytes));
    const get = async (bytes: Uint8Array, at: S3Place = place) =>
      new Blobs(await openOutside(at)).bytes({
        store: 'artifacts',
        sha256: sha256(bytes),
        size: bytes.length,
      });

    it('is uploaded further where a killed process was, and is not seen before', async () => {
      const bytes = numberedBytes(50 * MiB);
      // Six whole parts of seven are read; the one that is being put together is not stored.
      const words = [UNTIL_PART, place.text, String(bytes.length), String(48 * MiB)];
      const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(
        await (await openOutside(place)).sizeOf({ store: 'artifacts', sha256: sha256(bytes) }),
      ).toBeNull();
      const sentBefore = proxy.passed.up;
      expect(sentBefore).toBeGreaterThan(40 * MiB);
      await put(bytes);
      expect(proxy.passed.up - sentBefore).toBeLessThan(11 * MiB);
      expect(sha256(await get(bytes))).toBe(sha256(bytes));
    });

    it('is downloaded further where the connection broke', async () => {
      const bytes = numberedBytes(30 * MiB);
      await put(bytes);
      const before = proxy.passed.down;
      proxy.cutAfterDown = before + 12 * MiB;
      expect(sha256(await get(bytes))).toBe(sha256(bytes));
      expect(proxy.cutAfterDown).toBeNull();
      expect(proxy.passed.down - before).toBeLessThan(42 * MiB);
    });

    it('outlives a server that is killed and started again while it is read', async () => {
      const bytes = numberedBytes(40 * MiB);
      await put(bytes);
      const blobs = new Blobs(await openOutside(place));
      const hash = createHash('sha256');
      let received = 0;
      let killed: Promise<void> | null = null;
      for await (const piece of blobs.pieces({
        store: 'artifacts',
        sha256: sha256(bytes),
        size: bytes.length,
      })) {
        received += piece.length;
        hash.update(piece);
        if (received > 5 * MiB) killed ??= server.restart();
      }
      await killed;
      expect(hash.digest('hex')).toBe(sha256(bytes));
    });

    it('is the same when two processes upload the parts of it at once', async () => {
      const bytes = numberedBytes(21 * MiB);
      const [one, other] = await Promise.all([put(bytes), put(bytes)]);
      expect(one).toEqual(other);
      expect(sha256(await get(bytes))).toBe(sha256(bytes));
      expect(await readdir(join(server.folder, 'runs', 'artifacts'))).toContain(one.sha256);
    });

    it('is refused with what is wrong: another secret, no credentials, no bucket', async () => {
      const bytes = Buffer.from('refused');
      {
        using _wrong = s3Credentials({ ...server, secretKey: 'not-the-secret-of-it' });
        const failure = await put(bytes).catch((error: unknown) => error);
        expect(failure).toMatchObject({ kind: 'not-permitted', retryable: false });
        expect(String(failure)).not.toContain('not-the-secret-of-it');
      }
      {
        using _none = s3Credentials({ accessKey: '', secretKey: '' });
        await expect(put(bytes)).rejects.toMatchObject({ kind: 'no-credentials', retryable: false });
      }
      const nowhere = placeOf({ ...server, bucket: 'nowhere' });
      await expect(put(bytes, nowhere)).rejects.toMatchObject({
        kind: 'no-bucket',
        message: expect.stringContaining('nowhere'),
      });
    });

    it('is waited for when the server is away', async () => {
      const away = placeOf({ ...server, endpoint: `http://127.0.0.1:${await freePort()}` });
      await expect(put(Buffer.from('away'), away)).rejects.toMatchObject({
        kind: 'store-away',
        retryable: true,
        message: expect.stringContaining(away.endpoint ?? ''),
      });
    });

    it('lies where the prefix says, and nowhere else', async () => {
      await mkdir(join(server.folder, 'other'), { recursive: true });
      const place = contentPlace.parse(`s3://${server.bucket}?endpoint=${server.endpoint}`);
      if (place.kind !== 's3') throw new Error('no S3 place');
      const ref = await put(Buffer.from('at the top'), place);
      expect(await readdir(join(server.folder, 'artifacts'))).toEqual([ref.sha256]);
    });
  },
);
