import type { ManagerBrief } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../playbook.ts';
import { card, tableTask } from '../testing/briefs.ts';
import { converse } from '../testing/converse.ts';

const HEAD = 'Time: 1 of 10 minutes gone.\nMoney: $0.00 spent.\nRunner slots: 1.';
const TITLES =
  'Candidates: id | plan | from | score ± error | out-of-fold | out-of-fold − score | minutes | state | diagnosis';
const scored = (id: string, from = '-', diagnosis = '') =>
  `${id} | Plan of ${id} | ${from} | 0.92 ± 0.01 | 0.92 | 0 | 0 | scored | ${diagnosis}`;
const tuning = (id: string) => `${id} | Plan of ${id} | - | - | - | - | - | tuning | `;
const boardOf = (...rows: readonly string[]) =>
  [
    HEAD,
    '',
    TITLES,
    ...rows,
    '',
    'Dropped: id | plan | why',
    'c9 | Odd | no',
    '',
    'Last decisions:',
    '- a | b',
  ].join('\n');

async function decided(board: string, room = 3) {
  const brief: ManagerBrief = {
    task: tableTask,
    card,
    hardware: { cpus: 1 },
    role: 'manager',
    action: 'decide',
    seed: 1,
    candidate: 'run',
    board,
    room,
    insights: [],
  };
  const { steps } = await converse(createPlaybook({ clumsy: false }), brief, (name) =>
    name === 'decide' ? { content: 'done', final: true } : { content: '{}' },
  );
  return { calls: steps.map(({ name }) => name), ...steps.at(-1)?.args };
}

describe('the manager', () => {
  it('waits for what is under way, and names it', async () => {
    expect(await decided(boardOf(scored('c1'), tuning('c2')))).toMatchObject({
      actions: [],
      reason: expect.stringContaining('c2'),
    });
  });

  it('begins nothing when there is no room', async () => {
    expect(await decided(boardOf(scored('c1')), 0)).toMatchObject({ calls: ['decide'], actions: [] });
  });

  it('looks at the best, then has it revised where it is weak, and combined with the next', async () => {
    expect(await decided(boardOf(scored('c2', '-', 'class 8 recall 0.91'), scored('c1')))).toMatchObject({
      calls: ['read_diagnosis', 'decide'],
      actions: [
        { kind: 'revise', candidate: 'c2', guidance: expect.stringContaining('class 8 recall 0.91') },
        { kind: 'combine', candidate: 'c2', partner: 'c1' },
      ],
    });
  });

  it('builds upon nothing that is not believed, and asks for others where nothing is', async () => {
    const doubted = scored('c9').replace('| scored |', '| scored, suspicious |');
    expect(doubted).toContain('suspicious');
    expect(await decided(boardOf(doubted, scored('c2'), scored('c1')))).toMatchObject({
      actions: [
        { kind: 'revise', candidate: 'c2' },
        { kind: 'combine', candidate: 'c2', partner: 'c1' },
      ],
    });
    expect(await decided(boardOf(doubted))).toMatchObject({ actions: [{ kind: 'propose' }] });
  });

  it('begins no more than there is room for', async () => {
    expect(await decided(boardOf(scored('c2'), scored('c1')), 1)).toMatchObject({
      actions: [{ kind: 'revise' }],
    });
  });

  it('does not repeat what has been had, and ends the search when all has', async () => {
    const revised = await decided(boardOf(scored('c2'), scored('c1'), scored('c3', 'c2')));
    expect(revised).toMatchObject({ actions: [{ kind: 'combine', candidate: 'c2', partner: 'c1' }] });
    const both = await decided(
      boardOf(scored('c2'), scored('c1'), scored('c3', 'c2'), scored('c4', 'c2+c1')),
    );
    expect(both).toMatchObject({ actions: [{ kind: 'stop', reason: expect.stringContaining('c2') }] });
  });

  it('has new plans made where nothing came to a score', async () => {
    expect(await decided(boardOf())).toMatchObject({ actions: [{ kind: 'propose', count: 2 }] });
  });
});
