import type { Finding } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { designersBoard } from './board.ts';
import type { Candidate } from './candidate.ts';
import { managerBoard } from './manager-board.ts';
import type { OpenRun } from './run-state.ts';
import type { Faults } from './testing/faults.ts';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import { plan, RUN, scoreOf, trained, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';
import { findingsFor, toldOf } from './told-findings.ts';

const finding = (check: string, severity: Finding['severity'], evidence: string): Finding => ({
  ...{ check, severity, evidence },
  remedy: 'Look at it.',
});
const LEAK = finding('feature-gives-target-away', 'suspicious', '`age` alone explains the target `y`.');
const KIT = finding('kit-edited', 'suspicious', 'The kit was edited: mw/folds.py.');
const GAP = finding('oof-above-hidden', 'suspicious', 'Out of fold 0.99 ± 0.01, on hidden rows 0.812345.');
const NAMED = finding('label-in-file-name', 'suspicious', 'In score the folder explains 99.3 %.');
const COPIES = finding('duplicates-across-parts', 'suspicious', '9 of 90 rows, and 100 % of them its label.');
const DATA: NonNullable<Faults['prepared']> = { findings: [LEAK, COPIES] };

function searching(): OpenRun {
  const farm = new SimulatedFarm({ silent: ['portfolio', 'floor'], prepared: DATA });
  farm.submit(playedByModels());
  while (farm.pending > 0) farm.deliver(0);
  const { state } = farm.log;
  if (state.stage !== 'open') throw new Error('the run is not open');
  return { ...state, candidates: { c1: doubted() } };
}

function doubted(): Candidate {
  return {
    ...{ id: 'c1', parent: null, partner: null, guidance: null, repairs: 0, stage: 'scored' },
    ...{ plan: plan('one'), trained: trained('c1'), trials: [], predictions: tree('c1'), test: null },
    ...{ score: scoreOf('c1'), diagnosis: null, findings: [KIT, GAP] },
    trust: { label: 'suspicious', reasons: [`${GAP.check}: ${GAP.evidence}`] },
  };
}

const workOf = (farm: SimulatedFarm, id: string) => farm.assigned.get(`${RUN}_${id}`)?.work;

describe('what agents are told of findings', () => {
  it('is the evidence with what to do, the worst first, without notes', () => {
    const warning = finding('foreign-path', 'warning', 'Its code names /tmp/x.');
    const note = finding('order-tells-target', 'note', 'The file is sorted.');
    expect(toldOf([note, warning, KIT])).toEqual([
      'kit-edited (suspicious): The kit was edited: mw/folds.py. Look at it.',
      'foreign-path (warning): Its code names /tmp/x. Look at it.',
    ]);
  });

  it('holds no number that hidden labels have a part in', () => {
    const told = toldOf([GAP, COPIES, NAMED, finding('a-later-check', 'warning', 'row 7 is a cat')]).join(
      ' ',
    );
    expect(told).toContain('oof-above-hidden');
    expect(told).toContain('a-later-check');
    expect(told).not.toMatch(/0\.8123|0\.99|100 %|99\.3|a cat/);
  });

  it('stands in the brief of whoever begins from that candidate, and what the data has in all', () => {
    const run = searching();
    expect(findingsFor(run).findings).toEqual([
      expect.stringContaining('`age` alone explains'),
      expect.stringContaining('duplicates-across-parts'),
    ]);
    expect(findingsFor(run, ['c1', null]).findings).toContainEqual(
      'c1, kit-edited (suspicious): The kit was edited: mw/folds.py. Look at it.',
    );
  });

  it('stands on the boards of designer and manager, and no hidden score with it', () => {
    const run = searching();
    const [entry] = designersBoard(run, ['c1']);
    expect(entry).toMatchObject({
      trust: 'suspicious',
      findings: [expect.stringContaining('kit-edited'), expect.anything()],
    });
    const board = managerBoard(run, run.startedAt);
    expect(board).toContain('Found in the data, feature-gives-target-away (suspicious): `age` alone');
    expect(board).toMatch(/c1 \|.*\| scored, suspicious \| kit-edited \(suspicious\)/);
    expect(JSON.stringify([entry, board])).not.toContain('0.812345');
  });
});

describe('a run on data with findings', () => {
  it('tells them to designers, coders and tuners', () => {
    const farm = play([0], { prepared: DATA });
    for (const id of ['run_portfolio_1', 'c1_implement_1', 'c1_tune_1', 'run_revise_1']) {
      expect(workOf(farm, id)).toMatchObject({
        findings: [expect.stringContaining('`age`'), expect.anything()],
      });
    }
  });

  it('says nothing where nothing was found', () => {
    expect(workOf(play([0]), 'c1_implement_1')).not.toHaveProperty('findings');
  });
});

describe('the rules', () => {
  it('build upon nothing that is suspicious: others are asked for instead, once', () => {
    const all = ['c0', 'c1', 'c2', 'c3', 'c4'];
    const farm = play([0], { suspicious: { score: all } });
    expect(workOf(farm, 'run_revise_1')).toBeUndefined();
    expect(workOf(farm, 'run_portfolio_2')).toMatchObject({ parent: null });
    expect(workOf(farm, 'run_portfolio_3')).toBeUndefined();
  });
});
