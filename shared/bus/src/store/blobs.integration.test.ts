import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobRef } from '@modelwright/contracts';
import { describeOnNatsServers, type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from 'nats';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BusOnServer, busOnServer } from '../testing/bus-on-server.ts';
import type { ContentStore } from './content-store.ts';

const MiB = 1024 * 1024;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describeOnNatsServers('stored content', (server) => {
  let stage: BusOnServer;
  let store: ContentStore;
  let raw: NatsConnection;
  let folder: TemporaryFolder;
  const at = (...parts: string[]) => join(folder.path, ...parts);

  beforeAll(async () => {
    stage = await busOnServer(server);
    store = stage.bus.store;
    raw = await connect({ servers: stage.server.url });
  });
  afterAll(async () => {
    await raw.close();
    await stage[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const messagesIn = async (stream: string) =>
    (await (await jetstreamManager(raw)).streams.info(stream)).state.messages;
  /** Puts bytes under a name that is not theirs, as a stranger would. */
  const plant = async (name: string, bytes: Uint8Array) => {
    const objects = await new Objm(raw).open('artifacts');
    await objects.putBlob({ name }, bytes);
  };

  it.each([0, 1, 512 * 1024, 512 * 1024 + 1, 3 * MiB + 7])('keeps a blob of %i bytes', async (size) => {
    const bytes = randomBytes(size);
    const ref = await store.putBytes('artifacts', bytes);
    expect(ref).toEqual({ kind: 'blob', store: 'artifacts', sha256: sha256(bytes), size });
    expect(sha256(await store.getBytes(ref))).toBe(sha256(bytes));
  });

  it('stores the same content once, even when it is put several times at once', async () => {
    const bytes = randomBytes(1000);
    await Promise.all([1, 2, 3].map(() => store.putBytes('artifacts', bytes)));
    const stored = await messagesIn('OBJ_artifacts');
    await store.putBytes('artifacts', bytes);
    expect(await messagesIn('OBJ_artifacts')).toBe(stored);
  });

  it('can be read by the official client, and reads what that has written', async () => {
    const bytes = randomBytes(MiB + 1);
    const { sha256: name } = await store.putBytes('artifacts', bytes);
    const objects = await new Objm(raw).open('artifacts');
    expect(sha256((await objects.getBlob(name)) ?? '')).toBe(name);
    const theirs = randomBytes(200_000);
    await plant(sha256(theirs), theirs);
    const ref: BlobRef = { kind: 'blob', store: 'artifacts', sha256: sha256(theirs), size: theirs.length };
    expect(sha256(await store.getBytes(ref))).toBe(sha256(theirs));
  });

  it('says so when content is missing', async () => {
    const ref: BlobRef = { kind: 'blob', store: 'artifacts', sha256: sha256('nowhere'), size: 7 };
    await expect(store.getBytes(ref)).rejects.toMatchObject({ kind: 'missing-content' });
    await expect(store.getFile(ref, at('out'))).rejects.toMatchObject({ kind: 'missing-content' });
  });

  it('refuses tampered bytes, and leaves no file of them', async () => {
    await plant(sha256('honest'), Buffer.from('forged'));
    const ref: BlobRef = { kind: 'blob', store: 'artifacts', sha256: sha256('honest'), size: 6 };
    await expect(store.getBytes(ref)).rejects.toMatchObject({ kind: 'corrupt-content' });
    await expect(store.getFile(ref, at('out'))).rejects.toMatchObject({ kind: 'corrupt-content' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('refuses an object that says it is short and goes on for ever', async () => {
    const raw64 = (name: string) =>
      Buffer.from(name).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    const name = sha256('endless');
    for (let chunk = 0; chunk < 5; chunk++) await raw.request('$O.artifacts.C.endless', 'endless');
    const info = { name, bucket: 'artifacts', nuid: 'endless', size: 7, chunks: 1_000_000, digest: 'x' };
    await raw.request(`$O.artifacts.M.${raw64(name)}`, JSON.stringify(info));
    const ref: BlobRef = { kind: 'blob', store: 'artifacts', sha256: name, size: 7 };
    await expect(store.getBytes(ref)).rejects.toMatchObject({ message: expect.stringContaining('longer') });
    await raw.request(`$O.artifacts.M.${raw64(name)}`, 'not even JSON');
    await expect(store.getBytes(ref)).rejects.toMatchObject({ kind: 'missing-content' });
    expect(await store.getBytes(await store.putBytes('artifacts', Buffer.from('endless')))).toHaveLength(7);
  });

  it('refuses content of another length than it was promised', async () => {
    const ref = await store.putBytes('artifacts', Buffer.from('twelve bytes'));
    await expect(store.getBytes({ ...ref, size: 11 })).rejects.toMatchObject({ kind: 'corrupt-content' });
  });

  it('carries files, and refuses one of more than 64 MiB without reading it', async () => {
    await writeFile(at('in'), randomBytes(100_000));
    const ref = await store.putFile('datasets', at('in'));
    await store.getFile(ref, at('sub', 'out'));
    expect(await readFile(at('sub', 'out'))).toEqual(await readFile(at('in')));
    await truncate(at('in'), 64 * MiB + 1);
    await expect(store.putFile('datasets', at('in'))).rejects.toMatchObject({
      kind: 'too-large',
      message: expect.stringContaining('tree'),
    });
  });

  it('finishes an upload during which the server crashed', async () => {
    const bytes = randomBytes(20 * MiB);
    const before = await messagesIn('OBJ_artifacts');
    const putting = store.putBytes('artifacts', bytes);
    await expect.poll(() => messagesIn('OBJ_artifacts'), { interval: 1 }).toBeGreaterThan(before);
    await stage.crash();
    expect(sha256(await store.getBytes(await putting))).toBe(sha256(bytes));
  });
});
