/** The role: what a coder is told, what it can do, and what it leaves when its time is up. */
import type { CandidateRole, CandidateSeat } from '@modelwright/agent-host';
import {
  dataProfile,
  hardwareOf,
  listAssets,
  listFiles,
  note,
  promptIn,
  readFile,
  readOutput,
  runShell,
  search,
} from '@modelwright/agent-host';
import { coderWork } from '@modelwright/contracts';
import type { CoderBrief } from '@modelwright/llm';
import { templateFolder } from '@modelwright/workspace';
import type { z } from 'zod';
import { handOverChecked } from './hand-over.ts';
import { checkCandidate } from './tools/check-candidate.ts';
import { deriveData } from './tools/derive-data.ts';
import { editFile } from './tools/edit-file.ts';
import { requestPackages } from './tools/request-packages.ts';
import { submitVersion } from './tools/submit-version.ts';
import { writeFile } from './tools/write-file.ts';

export type CoderWork = z.infer<typeof coderWork>;
export type CoderSeat = CandidateSeat<CoderWork>;

export const coder: CandidateRole<CoderWork> = {
  role: 'coder',
  work: coderWork,
  prompt: promptIn(new URL('./prompts/coder.md', import.meta.url)),
  files: 'candidate',
  begins: ({ base }) =>
    base === null ? { kind: 'template', folder: templateFolder() } : { kind: 'version', version: base },
  compose: (seat) =>
    Promise.resolve({
      brief: briefOf(seat),
      tools: [
        listFiles(seat.tree),
        readFile(seat.tree),
        search(seat.tree),
        writeFile(seat.tree),
        editFile(seat.tree),
        runShell(seat),
        readOutput(seat),
        dataProfile(seat),
        listAssets(seat, () => seat.tree.environment),
        requestPackages(seat),
        deriveData(seat),
        checkCandidate(seat),
        note(),
        submitVersion(seat),
      ],
      handOver: (transcript) => handOverChecked(seat, transcript),
    }),
};

function briefOf({ assignment, work, card, cpus }: CoderSeat): CoderBrief {
  return {
    task: work.data.task,
    card,
    hardware: hardwareOf(assignment, cpus),
    role: 'coder',
    action: work.action,
    seed: assignment.seed,
    candidate: assignment.candidate,
    plan: work.plan,
    parent: work.base === null ? null : (work.parent ?? null),
    feedback: work.feedback,
    insights: work.insights,
    findings: work.findings,
    constraints: work.constraints,
    secondsPerTrial: work.secondsPerTrial,
  };
}
