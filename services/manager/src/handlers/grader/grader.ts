/**
 * The grader: alone reads hidden labels, and lets one rounded number out.
 *
 * A candidate's files come from untrusted programs. They are handed to the harness as files; what the harness refuses is
 * the candidate's failure, not the grader's.
 */
import type { WorkResult } from '@modelwright/contracts';
import { compareModels } from './agreement.ts';
import { auditCandidate } from './audit.ts';
import { scoreHoldout } from './holdout.ts';
import type { GraderPorts, GraderWork } from './ports.ts';
import { compareWithRecord } from './reproduce.ts';
import { scoreCandidate } from './score.ts';

export async function grade(ports: GraderPorts, work: GraderWork): Promise<WorkResult> {
  return await ports.scratch.use('grader', async (folder) => {
    switch (work.action) {
      case 'score':
        return await scoreCandidate(ports, folder, work);
      case 'holdout':
        return await scoreHoldout(ports, folder, work);
      case 'reproduce':
        return await compareWithRecord(ports, folder, work);
      case 'audit':
        return await auditCandidate(ports, folder, work);
      case 'agreement':
        return await compareModels(ports, folder, work);
    }
  });
}
