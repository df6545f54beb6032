/** What the runs come to, as plain data. Pure. */
import type { ProcessFigures } from '../farm/process-figures.ts';
import { type Spread, spreadOf } from '../statistics.ts';
import { type Step, stepsToFirstTraining } from './first-training.ts';
import type { History } from './history.ts';
import type { MeasuredRun, MeasuredRuns } from './measure-runs.ts';
import { type Overheads, overheadsOf } from './overhead.ts';
import { type WallClock, wallClockOf } from './wall-clock.ts';

export interface RunFigures {
  readonly example: string;
  readonly up: number;
  /** Of the command line, from its start to the results being written. */
  readonly command: Spread | null;
  readonly firstTraining: {
    readonly total: Spread | null;
    readonly steps: readonly { readonly step: string; readonly milliseconds: Spread | null }[];
  };
  readonly overheads: readonly Overhead[];
  /** Jobs that may have waited for a slot, left out above. */
  readonly queued: number;
  readonly wallClock: { readonly [Part in keyof WallClock]: Spread | null };
  readonly processor: ProcessorSeconds;
  readonly memory: readonly ServiceMemory[];
}

export interface Overhead {
  readonly step: string;
  readonly milliseconds: Spread | null;
  /** Of all runs' wall clock together: what overlaps counts for each. */
  readonly share: number;
}

/** Seconds of processor time for one run on average. */
export interface ProcessorSeconds {
  readonly programs: number;
  readonly services: readonly { readonly name: string; readonly own: number; readonly children: number }[];
}

export interface ServiceMemory {
  readonly name: string;
  readonly idleBytes: number;
  readonly afterBytes: number;
  readonly peakBytes: number;
  readonly childrenBytes: number;
}

export function figuresOfRuns(measured: MeasuredRuns, slots: number): RunFigures {
  const { runs } = measured;
  const histories = runs.map(({ history }) => history);
  const clocks = histories.map(wallClockOf);
  const overheads = histories.map((history) => overheadsOf(history, slots));
  const total = clocks.reduce((sum, clock) => sum + clock.total, 0);
  return {
    example: measured.example,
    up: measured.upMilliseconds,
    command: spreadOf(runs.map(({ milliseconds }) => milliseconds)),
    firstTraining: firstTrainingOf(runs),
    overheads: overheadRows(overheads, total),
    queued: overheads.reduce((sum, { queued }) => sum + queued, 0),
    wallClock: wallClockSpreads(clocks),
    processor: processorOf(measured, histories),
    memory: memoryOf(measured),
  };
}

function firstTrainingOf(runs: readonly MeasuredRun[]): RunFigures['firstTraining'] {
  const all = runs.flatMap(({ commanded, history }) => {
    const steps = stepsToFirstTraining(commanded, history);
    return steps === null ? [] : [steps];
  });
  const names = all[0]?.map(({ step }) => step) ?? [];
  return {
    total: spreadOf(all.map(sumOf)),
    steps: names.map((step, place) => ({
      step,
      milliseconds: spreadOf(all.flatMap((steps) => steps[place]?.milliseconds ?? [])),
    })),
  };
}

const sumOf = (steps: readonly Step[]) => steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);

function overheadRows(overheads: readonly Overheads[], total: number): Overhead[] {
  const row = (step: string, of: (one: Overheads) => readonly number[]): Overhead => {
    const values = overheads.flatMap(of);
    const sum = values.reduce((all, value) => all + value, 0);
    return { step, milliseconds: spreadOf(values), share: sum / total };
  };
  const tools = new Set(overheads.flatMap(({ turns }) => [...turns.keys()]));
  return [
    row('decision', ({ decisions }) => decisions),
    row('assignment taken up', ({ assignments }) => assignments),
    ...[...tools].sort().map((tool) => row(`turn: ${tool}`, ({ turns }) => turns.get(tool) ?? [])),
    row('job dispatched', ({ dispatches }) => dispatches),
    row('job dispatched, environment built', (one) => one.dispatchesWithEnvironment),
    row('outcome reported', ({ reports }) => reports),
  ];
}

function wallClockSpreads(clocks: readonly WallClock[]): RunFigures['wallClock'] {
  const spread = (part: keyof WallClock) => spreadOf(clocks.map((clock) => clock[part]));
  return {
    total: spread('total'),
    several: spread('several'),
    single: spread('single'),
    models: spread('models'),
    workers: spread('workers'),
    alone: spread('alone'),
    programsAtOnce: spread('programsAtOnce'),
  };
}

function processorOf({ idle, after }: MeasuredRuns, histories: readonly History[]): ProcessorSeconds {
  const count = Math.max(1, histories.length);
  const programs = histories.flatMap(({ outcomes }) => [...outcomes.values()]);
  return {
    programs: programs.reduce((sum, { body }) => sum + body.cpuSeconds, 0) / count,
    services: pairs(idle, after).map(([before, now]) => ({
      name: now.name,
      own: (now.cpuSeconds - before.cpuSeconds) / count,
      children: (now.childrenCpuSeconds - before.childrenCpuSeconds) / count,
    })),
  };
}

function memoryOf({ idle, after }: MeasuredRuns): ServiceMemory[] {
  return pairs(idle, after).map(([before, now]) => ({
    name: now.name,
    idleBytes: before.residentBytes,
    afterBytes: now.residentBytes,
    peakBytes: now.peakBytes,
    childrenBytes: now.childrenResidentBytes,
  }));
}

/** A process that was started again in between is left out. */
function pairs(idle: readonly ProcessFigures[], after: readonly ProcessFigures[]) {
  return after.flatMap((now) => {
    const before = idle.find(({ name }) => name === now.name);
    return before === undefined ? [] : [[before, now] as const];
  });
}
