/** What agents and delivery hand over on a simulated farm. */
import type { Assignment, Work, WorkResult } from '@modelwright/contracts';
import type { Faults } from './faults.ts';
import { data, oofOf, plan, TASK, trained, tree, version } from './samples.ts';

type Ordered = Omit<Assignment, 'work'> & { readonly work: Exclude<Work, { role: 'grader' }> };

/** @param seconds That a training takes. */
export function resultOf({ work, candidate }: Ordered, faults: Faults, seconds: number): WorkResult {
  switch (work.role) {
    case 'setup': {
      const assets = faults.assets === undefined ? {} : { assets: faults.assets };
      const prepared = { ...data(), ...assets, ...faults.prepared };
      return { role: 'setup', data: prepared, task: work.task === null ? TASK : null };
    }
    case 'manager':
      return { role: 'manager', actions: faults.decides?.(work) ?? [], reason: 'as the script says' };
    case 'designer':
      return { role: 'designer', plans: Array.from({ length: work.count }, (_, n) => plan(`plan ${n}`)) };
    case 'coder': {
      const derived = faults.derives === true ? { derived: tree('derived') } : {};
      const made = { ...version(candidate), ...derived };
      return { role: 'coder', plan: work.plan ?? plan('floor'), version: made, smokeSeconds: 1 };
    }
    case 'tuner':
      return {
        role: 'tuner',
        trained: { ...trained(candidate), version: work.version, seconds },
        trials: [{ job: 'j', config: {}, outcome: 'finished', oof: oofOf(candidate), seconds }],
        reason: 'best',
      };
    case 'aggregator':
      return {
        role: 'aggregator',
        blend: { plan: plan('blend'), trained: trained('blend'), weights: { c1: 0.5, c2: 0.5 } },
        reason: 'together',
      };
    case 'delivery':
      return { role: 'delivery', deliverable: tree('deliverable'), requirements: 'numpy', notes: [] };
  }
}
