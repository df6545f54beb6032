/** How events move a run through its phases, from preparing to the proven deliverable. */
import type { RunEvent } from './log.ts';
import type { ChosenModel, PhaseState, Winner } from './run-state.ts';

type DeliveryEvent = Extract<
  RunEvent,
  {
    type:
      | 'phase-entered'
      | 'data-prepared'
      | 'winner-sealed'
      | 'holdout-opened'
      | 'holdout-unavailable'
      | 'model-chosen'
      | 'model-recorded'
      | 'deliverable-packaged'
      | 'deliverable-verified';
  }
>;

export function foldDelivery(phase: PhaseState, event: DeliveryEvent): PhaseState {
  switch (event.type) {
    case 'data-prepared':
      return { name: 'searching', data: event.data };
    case 'phase-entered':
      return event.phase === 'aggregating' && phase.name === 'searching'
        ? { name: 'aggregating', data: phase.data }
        : phase;
    case 'winner-sealed':
      return phase.name === 'searching' || phase.name === 'aggregating'
        ? {
            name: 'refitting',
            data: phase.data,
            winner: { candidate: event.candidate, holdout: { kind: 'unopened' }, model: null, choices: 0 },
          }
        : phase;
    case 'holdout-opened':
      return withWinner(phase, (winner) => ({ ...winner, holdout: { kind: 'opened', score: event.score } }));
    case 'holdout-unavailable':
      return withWinner(phase, (winner) => ({
        ...winner,
        holdout: { kind: 'unavailable', reason: event.reason },
      }));
    case 'model-chosen':
      return phase.name === 'refitting' || phase.name === 'verifying'
        ? {
            name: 'refitting',
            data: phase.data,
            winner: {
              ...phase.winner,
              choices: phase.winner.choices + 1,
              model: { output: event.output, refitted: event.refitted, record: null, test: null },
            },
          }
        : phase;
    case 'model-recorded':
      return withModel(phase, (model) => ({ ...model, record: event.predictions, test: event.test }));
    case 'deliverable-packaged':
      return phase.name === 'refitting'
        ? {
            name: 'verifying',
            data: phase.data,
            winner: phase.winner,
            deliverable: { tree: event.deliverable, requirements: event.requirements },
          }
        : phase;
    case 'deliverable-verified':
      return phase;
  }
}

function withWinner(phase: PhaseState, change: (winner: Winner) => Winner): PhaseState {
  return phase.name === 'refitting' || phase.name === 'verifying'
    ? { ...phase, winner: change(phase.winner) }
    : phase;
}

function withModel(phase: PhaseState, change: (model: ChosenModel) => ChosenModel): PhaseState {
  return withWinner(phase, (winner) =>
    winner.model === null ? winner : { ...winner, model: change(winner.model) },
  );
}
