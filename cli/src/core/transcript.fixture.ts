/** A transcript for tests: an answer, a failed call, a cut-off reply, a question without an answer, a summary. */
import { type TurnRecord, turnRecordBody } from '@modelwright/contracts';
import { RUN, START } from './run-log.fixture.ts';

export const ASSIGNMENT = `${RUN}_c1_implement_1`;

const usage = {
  inputTokens: 1200,
  cachedTokens: 1000,
  outputTokens: 300,
  reasoningTokens: 100,
  microUsd: 4200,
};
const long = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`).join('\n');

const records = [
  { type: 'taken', worker: 'coder-1/p', at: START },
  { type: 'intent', turn: 1, ceilingMicroUsd: 90_000, status: 'You have 9 turns left.', at: START },
  {
    type: 'reply',
    turn: 1,
    text: 'I write the model first.',
    calls: [
      { id: 'a', name: 'write_file', arguments: JSON.stringify({ path: 'model.py', content: long }) },
      { id: 'b', name: 'run_shell', arguments: '{"command": "pyth' },
    ],
    usage,
    model: 'gpt',
    at: START + 4000,
  },
  { type: 'result', turn: 1, call: 0, content: 'written', failed: false, version: null, at: START + 4100 },
  {
    type: 'result',
    turn: 1,
    call: 1,
    content: `not JSON\n${long}`,
    failed: true,
    version: null,
    at: START + 4200,
  },
  { type: 'intent', turn: 2, ceilingMicroUsd: 91_000, at: START + 5000 },
  {
    type: 'unanswered',
    turn: 2,
    failure: {
      kind: 'stalled',
      message: 'nothing came for 90 s',
      retryable: true,
      origin: 'llm',
      causes: [],
    },
    microUsd: 91_000,
    model: 'gpt',
    at: START + 6000,
  },
  { type: 'intent', turn: 2, purpose: 'summary', ceilingMicroUsd: 50_000, at: START + 7000 },
  {
    type: 'condensed',
    maskedThrough: 1,
    summarisedThrough: 1,
    summary: 'A model was written.',
    reason: 'the context is 80 % full',
    usage: { ...usage, microUsd: 800, priced: true },
    model: 'cheap',
    at: START + 8000,
  },
  { type: 'intent', turn: 2, ceilingMicroUsd: 92_000, at: START + 9000 },
  {
    type: 'reply',
    turn: 2,
    text: '',
    calls: [],
    usage: { ...usage, microUsd: 0, priced: false },
    model: 'local',
    finish: 'length',
    at: START + 9500,
  },
];

export const transcript: readonly TurnRecord[] = records.map((record) => turnRecordBody.parse(record));

/** What all of it cost: answers at their price, the unanswered question at its ceiling. */
export const TRANSCRIPT_COST = 4200 + 91_000 + 800;

export const finishedTranscript: readonly TurnRecord[] = [
  ...transcript,
  turnRecordBody.parse({
    type: 'finished',
    final: {
      type: 'assignment-finished',
      run: RUN,
      assignment: ASSIGNMENT,
      spent: { turns: 2, microUsd: TRANSCRIPT_COST },
      notes: ['The pixels are centred.'],
      outcome: {
        status: 'failed',
        failure: {
          kind: 'turns-spent',
          message: 'all 2 turns are used up',
          retryable: false,
          origin: 'agent',
          causes: [],
        },
      },
    },
    at: START + 10_000,
  }),
];
