/** The role: what a setup agent is told, and what it can do with a folder of which nobody has said what it is for. */
import { join } from 'node:path';
import { type FolderRole, note, promptIn } from '@modelwright/agent-host';
import { setupWork } from '@modelwright/contracts';
import type { SetupBrief } from '@modelwright/llm';
import { handOverFit } from './hand-over.ts';
import type { SetupPorts, SetupSeat, SetupWork } from './setup-seat.ts';
import { descriptionIn, shortened, sourceFiles } from './source-files.ts';
import { checkTask } from './tools/check-task.ts';
import { dataProfile } from './tools/data-profile.ts';
import { folderProfile } from './tools/folder-profile.ts';
import { listFiles } from './tools/list-files.ts';
import { readFile } from './tools/read-file.ts';
import { submitTask } from './tools/submit-task.ts';

export function setupAgent(ports: SetupPorts): FolderRole<SetupWork> {
  return {
    role: 'setup',
    work: setupWork,
    prompt: promptIn(new URL('../../prompts/setup.md', import.meta.url)),
    files: 'folder',
    compose: async (given) => {
      // Below a folder of its own: a sandbox reads it as another user, whom the private folder around it keeps out.
      const folder = join(given.folder, 'source');
      await ports.store.getTree(given.work.source, folder);
      const seat = { ...given, ...ports, folder, files: await sourceFiles(folder) };
      return {
        brief: await briefOf(seat),
        tools: [
          listFiles(seat),
          readFile(seat),
          folderProfile(seat),
          dataProfile(seat),
          checkTask(seat),
          note(),
          submitTask(seat),
        ],
        handOver: (transcript) => handOverFit(seat, transcript),
      };
    },
  };
}

async function briefOf({ assignment, folder, files, cpus }: SetupSeat): Promise<SetupBrief> {
  return {
    role: 'setup',
    action: 'propose',
    seed: assignment.seed,
    candidate: assignment.candidate,
    name: nameOf(assignment.run),
    files: shortened(files),
    description: await descriptionIn(folder, files),
    hardware: { cpus },
  };
}

/** Runs are named after the folder they came from: `titanic-1a2b3c-07`. */
function nameOf(run: string): string {
  return run.split('-').slice(0, -2).join('-');
}
