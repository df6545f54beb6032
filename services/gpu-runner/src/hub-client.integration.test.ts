/** The model hub's own client, installed from a package index, in a sandbox without network. Needs the index. */
import { natsServersUnderTest } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { installerVariables } from './core/environments/site-settings.ts';
import { commitOf, startTestHub } from './testing/hub-server.ts';
import { runnerBench } from './testing/runner-bench.ts';

const COMMIT = commitOf('one');
const GIB = 2 ** 30;
const PROGRAM = `
import json, os
from huggingface_hub import hf_hub_download, snapshot_download
from huggingface_hub.errors import LocalEntryNotFoundError
found = {
    "config": open(hf_hub_download("timm/tiny", "config.json")).read(),
    "pinned": open(hf_hub_download("timm/tiny", "config.json", revision="${COMMIT}")).read(),
    "files": sorted(os.listdir(snapshot_download("timm/tiny"))),
}
try:
    hf_hub_download("timm/other", "config.json")
except LocalEntryNotFoundError as error:
    found["other"] = type(error).__name__
print(json.dumps(found))
`;

const newest = natsServersUnderTest().at(-1);

describe.skipIf(newest?.server === null)('the client of a model hub', () => {
  test('finds what a job was given by the names that it knows, and asks nobody', async (context) => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    await using bench = await runnerBench(newest.server);
    await using hub = await startTestHub();
    const files = { 'config.json': '{"layers": 3}', 'model.bin': 'weights '.repeat(1000) };
    hub.repositories.set('timm/tiny', { commit: COMMIT, licence: 'mit', files });
    const index = installerVariables(process.env);
    await bench.runner('one', { ...index, RUNNER_HUB_URL: hub.url, RUNNER_ASSETS_ALLOW: 'hub:*' });
    const job = await bench.submit(PROGRAM, {
      environment: { kind: 'requirements', text: 'huggingface_hub==2.4.0' },
      assets: [
        { name: 'tiny', source: { kind: 'hub', repository: 'timm/tiny', revision: 'main', files: [] } },
      ],
      limits: {
        ...{ wallSeconds: 120, graceSeconds: 2, stallSeconds: 120, memoryBytes: GIB, cpus: 1 },
        ...{ pids: 256, diskBytes: GIB, logBytes: 2 ** 20 },
      },
    });
    const outcome = await bench.outcome(job);
    if (outcome.reason.includes('does not answer')) context.skip(`no package index: ${outcome.reason}`);
    expect(outcome).toMatchObject({ end: 'finished', stderrTail: '' });
    expect(JSON.parse(outcome.stdoutTail)).toEqual({
      config: '{"layers": 3}',
      pinned: '{"layers": 3}',
      files: ['config.json', 'model.bin'],
      other: 'LocalEntryNotFoundError',
    });
  }, 180_000);
});
