/** Programs that leave something for whoever touches their output. */
import { existsSync, lstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claim, metricsReported, telemetrySubject } from '@modelwright/contracts';
import { openWorkTree } from '@modelwright/workspace';
import { expect } from 'vitest';
import type { Aftermath, HostileProgram } from '../hostile-program.ts';
import { inFolderOf } from '../stored-folder.ts';

export const PLANTING: readonly HostileProgram[] = [
  {
    that: 'leaves links, pipes and sockets for those who read its output',
    file: 'leave_links.py',
    ends: ['finished'],
    reason: /taken out of its output/,
    holds: ({ stored }) => expect(stored).toEqual(['real.txt']),
  },
  {
    that: 'gives files that are not its own a second name',
    file: 'leave_hard_links.py',
    ends: ['finished'],
    attempts: 4,
    data: true,
    holds: ({ stored }) => expect(stored).toEqual([]),
  },
  {
    that: 'exchanges folders for links while its checkpoint and its curves are read',
    file: 'swap_links.py',
    ends: ['finished'],
    holds: checkpointsAreItsOwn,
  },
  {
    that: 'puts pipes where its checkpoint and its curves are expected',
    file: 'plant_pipes_for_readers.py',
    ends: ['finished'],
    holds: ({ outcome }) => expect(outcome.wallSeconds).toBeLessThan(30),
  },
  {
    that: 'leaves archives whose entries lead elsewhere',
    file: 'leave_archives.py',
    ends: ['finished'],
    holds: async (after) => {
      expect(after.stored).toEqual(['manifest.json', 'model.tar', 'model.zip']);
      await inFolderOf(after, (folder) => {
        expect(existsSync(join(folder, '../escaped'))).toBe(false);
        expect(existsSync('/tmp/escaped')).toBe(false);
      });
    },
  },
  {
    that: 'plants git hooks, filters and settings',
    file: 'plant_git_hooks.py',
    ends: ['finished'],
    holds: (after) => inFolderOf(after, (folder) => gitIsNotTrapped(after, folder)),
  },
  {
    that: 'leaves set-user-id programs and closed folders',
    file: 'leave_special_files.py',
    ends: ['finished'],
    holds: (after) =>
      inFolderOf(after, async (folder) => {
        expect(lstatSync(join(folder, 'shell')).mode & 0o7022).toBe(0);
        expect(await readFile(join(folder, 'closed/inner/file.txt'), 'utf8')).toBe('inside');
      }),
  },
  {
    that: 'leaves names that no reader expects',
    file: 'leave_terrible_names.py',
    ends: ['finished'],
    holds: ({ stored }) => {
      expect(stored).toContain('good.txt');
      for (const path of stored) expect(path).toMatch(/^[^\p{Cc}\\]+$/u);
    },
  },
  {
    that: 'leaves folders deeper than any path',
    file: 'leave_deep_folders.py',
    ends: ['finished', 'disk-full'],
    reason: /nested/,
    holds: ({ stored }) => expect(stored).toEqual([]),
  },
  {
    that: 'reports curves that break readers',
    file: 'report_poisoned_metrics.py',
    ends: ['finished'],
    holds: async ({ bench, job }) => {
      const curves = telemetrySubject(job.run, job.id, 1, 'metric');
      const messages = await bench.bus.streams.read('TELEMETRY', curves, metricsReported);
      const points = messages.flatMap(({ body }) => body.points);
      expect(points.at(-1)).toMatchObject({ name: 'last', step: 7, value: 7 });
      for (const point of points) expect(point.name.length).toBeLessThanOrEqual(200);
    },
  },
  {
    that: 'says what would rewrite a terminal',
    file: 'say_escape_sequences.py',
    ends: ['failed'],
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    holds: ({ outcome }) => expect(outcome.reason).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/),
  },
];

/** As an agent's service takes files up: into a candidate's work tree, or not at all. */
async function gitIsNotTrapped({ scene }: Aftermath, folder: string): Promise<void> {
  const candidate = await openWorkTree({ gitDir: `${folder}-git`, workTree: folder });
  await expect(candidate.commit('What the program left', 0)).rejects.toThrow('.git');
  expect(existsSync(scene.told.trap)).toBe(false);
}

async function checkpointsAreItsOwn({ bench, job }: Aftermath): Promise<void> {
  const held = await bench.bus.records('claims', claim).get(job.id);
  const checkpoint = held?.value.checkpoint ?? null;
  if (checkpoint === null) return;
  const text = new TextDecoder().decode(
    (await bench.bus.store.getTreeFile(checkpoint, 'labels.csv')) ?? undefined,
  );
  expect(text).toMatch(/^\d*$/);
}
