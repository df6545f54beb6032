/** An assignment as the manager sends them. */
import { assignment, workSubject } from '@modelwright/contracts';
import { RUN } from './open-bus.ts';

export const anAssignment = (to: 'designer' | 'tuner', n: number) => ({
  definition: assignment,
  subject: workSubject(to, 'normal', RUN),
  messageId: `assign:${to}:${n}`,
  run: RUN,
  body: {
    id: `${RUN}_c1_designer_${n}`,
    run: RUN,
    candidate: 'c1',
    seed: 1,
    grant: { turns: 1, microUsd: 0, tokens: null, deadline: 0 },
    player: { kind: 'playbook' as const, clumsy: false },
    work: {
      role: 'setup' as const,
      seed: 1,
      source: { kind: 'tree' as const, store: 'truth' as const, sha256: 'a'.repeat(64), size: 1 },
      task: {
        version: 1 as const,
        name: 'digits',
        description: 'x',
        metric: 'accuracy' as const,
        data: { layout: 'table' as const, train: 'train.csv', target: 'digit' },
      },
    },
  },
});
