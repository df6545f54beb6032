/** The runs' figures as tables. Pure. */
import type { RunFigures } from '../runs/run-figures.ts';
import { mebibytes, percent, seconds, short, withRange } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function runLines(figures: RunFigures): string[] {
  return [
    `${figures.example}: ${figures.command?.n ?? 0} runs of ${withRange(figures.command, seconds)} s, services up in ${seconds(figures.up)} s`,
    '',
    ...firstTrainingLines(figures),
    '',
    ...overheadLines(figures),
    '',
    ...wallClockLines(figures),
    '',
    ...processLines(figures),
  ];
}

function firstTrainingLines({ firstTraining: { total, steps } }: RunFigures): string[] {
  const rows = [...steps, { step: 'together', milliseconds: total }];
  return tableLines(
    [left('until the first training starts'), right('seconds, median [min, max]')],
    rows.map(({ step, milliseconds }) => [step, withRange(milliseconds, seconds)]),
  );
}

function overheadLines({ overheads, queued }: RunFigures): string[] {
  const columns = [
    left('overhead of a step'),
    right('n'),
    right('median ms'),
    right('p95 ms'),
    right('share of the wall clock'),
  ];
  const rows = overheads.map(({ step, milliseconds, share }) => [
    step,
    String(milliseconds?.n ?? 0),
    milliseconds === null ? '-' : short(milliseconds.median),
    milliseconds === null ? '-' : short(milliseconds.p95),
    percent(share),
  ]);
  return [...tableLines(columns, rows), `jobs left out because they may have waited for a slot: ${queued}`];
}

function wallClockLines({ wallClock }: RunFigures): string[] {
  const { total, several, single, models, workers, alone, programsAtOnce } = wallClock;
  const row = (part: string, spread: typeof total) => [
    part,
    withRange(spread, seconds),
    spread === null || total === null ? '-' : percent(spread.median / total.median),
  ];
  const rows = [
    row('all of the run', total),
    row('several programs ran', several),
    row('one program ran', single),
    row('else a model was asked', models),
    row('else setup, grader or delivery was at work', workers),
    row('only the orchestrator', alone),
  ];
  const columns = [left('wall clock of a run'), right('seconds, median [min, max]'), right('share')];
  return [...tableLines(columns, rows), `programs at once, on average: ${withRange(programsAtOnce)}`];
}

function processLines({ memory, processor }: RunFigures): string[] {
  const columns = [
    left('process'),
    right('idle MiB'),
    right('after the runs MiB'),
    right('peak MiB'),
    right('children MiB'),
    right('CPU s a run'),
    right('of its children'),
  ];
  const rows = memory.map((one) => {
    const cpu = processor.services.find(({ name }) => name === one.name);
    return [
      one.name,
      mebibytes(one.idleBytes),
      mebibytes(one.afterBytes),
      mebibytes(one.peakBytes),
      mebibytes(one.childrenBytes),
      short(cpu?.own ?? 0),
      short(cpu?.children ?? 0),
    ];
  });
  return [...tableLines(columns, rows), `the run's programs: ${short(processor.programs)} CPU s a run`];
}
