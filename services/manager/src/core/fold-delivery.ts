/** How events move a run through its phases, from preparing to the proven deliverable. */
import type { RunEvent } from './log.ts';
import type { ChosenModel, Holdout, PhaseState, Winner } from './run-state.ts';

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
      | 'model-compared'
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
      return phase.name === 'preparing'
        ? phase
        : { name: 'refitting', data: phase.data, winner: sealedWinner(phase, event.candidate) };
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
              model: modelOf(event),
              givenUp: [...phase.winner.givenUp, ...outputsOf(phase.winner)],
            },
          }
        : phase;
    case 'model-recorded':
      return withModel(phase, (model) => ({ ...model, record: event.predictions, test: event.test }));
    case 'model-compared':
      return event.agree
        ? withModel(phase, (model) => ({ ...model, agrees: true }))
        : withWinner(phase, (winner) => ({
            ...winner,
            model: null,
            givenUp: [...winner.givenUp, ...outputsOf(winner)],
          }));
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

/** After a winner that could not be proved the holdout stays as it is: it is opened once in a run. */
function sealedWinner(phase: Exclude<PhaseState, { name: 'preparing' }>, candidate: string): Winner {
  const former = phase.name === 'refitting' || phase.name === 'verifying' ? phase.winner : null;
  return {
    candidate,
    holdout: former === null ? { kind: 'unopened' } : usedUp(former),
    model: null,
    choices: 0,
    givenUp: former?.givenUp ?? [],
    before: former === null ? [] : [...former.before, former.candidate],
  };
}

function usedUp({ holdout, candidate }: Winner): Holdout {
  return holdout.kind === 'opened'
    ? { kind: 'unavailable', reason: `it was opened for ${candidate}, which could not be proved` }
    : holdout;
}

function modelOf({ output, refitted }: Extract<DeliveryEvent, { type: 'model-chosen' }>): ChosenModel {
  return { output, refitted, record: null, test: null, agrees: null };
}

function outputsOf({ model }: Winner): string[] {
  return model === null ? [] : [model.output.sha256];
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
