/** A runner whose farm keeps its content in S3: it reads and writes there, and what it executes never learns how. */
import { contentPlace } from '@modelwright/bus';
import {
  missingS3Server,
  natsServersUnderTest,
  type S3ServerProcess,
  startS3Server,
} from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const nats = natsServersUnderTest().at(-1)?.server ?? null;
const missing = missingS3Server() ?? (nats === null ? 'no nats-server' : null);

const PROGRAM = `
import os, pathlib
def environs():
    yield "\\n".join(os.environ)
    for file in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            yield file.read_text(errors="replace")
        except OSError:
            pass
print("learned" if any("AWS" in one for one in environs()) else "nothing")
pathlib.Path(os.environ["MW_OUT"], "weights").write_bytes(os.urandom(20 * 2**20))
pathlib.Path(os.environ["MW_OUT"], "said").write_text(open(os.environ["MW_DATA"] + "/train.csv").read())
`;

describe.skipIf(missing !== null)(`content in S3${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let s3: S3ServerProcess;
  let bench: RunnerBench;
  const before = { ...process.env };

  beforeAll(async () => {
    if (nats === null) return;
    s3 = await startS3Server();
    Object.assign(process.env, credentials());
    const content = contentPlace.parse(`s3://${s3.bucket}/farm?endpoint=${s3.endpoint}`);
    bench = await runnerBench(nats, { content });
  });
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
    await s3?.stop();
    process.env = before;
  });
  const credentials = () => ({
    AWS_ACCESS_KEY_ID: s3.accessKey,
    AWS_SECRET_ACCESS_KEY: s3.secretKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  });

  test('is used by a runner that was told nothing but its credentials, which no program sees', async () => {
    await bench.spawn('one', credentials());
    const data = await bench.tree({ 'train.csv': 'a\n1\n' });
    const outcome = await bench.outcome(await bench.submit(PROGRAM, { data }));
    expect(outcome).toMatchObject({ end: 'finished', stdoutTail: 'nothing' });
    const { output } = outcome;
    if (output === null) throw new Error('there is no output');
    const said = await bench.bus.store.getTreeFile(output, 'said');
    expect(Buffer.from(said ?? []).toString()).toBe('a\n1\n');
    expect(await bench.bus.store.getTreeFile(output, 'weights')).toHaveLength(20 * 2 ** 20);
    expect(await bench.bus.contentPlace()).toContain(s3.endpoint);
  });

  test('that cannot be reached by a runner ends it with a sentence, before it takes a job', async () => {
    const starting = bench.spawn('two', { ...credentials(), AWS_SECRET_ACCESS_KEY: 'another' });
    await expect(starting).rejects.toThrow('the runner ended with 1 before it was ready');
  });
});
