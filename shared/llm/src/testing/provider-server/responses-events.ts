/** The events of a streamed response, in the order and with the fields in which OpenAI sends them. */
import { type CompleteAnswer, pieces } from './provider-answer.ts';
import { outputItems, type ResponsesBody, responseObject } from './responses-side.ts';

export interface NamedEvent {
  readonly type: string;
}

export function responsesEvents(answer: CompleteAnswer, body: ResponsesBody): NamedEvent[] {
  const whole = responseObject(answer, body);
  const begun = { ...whole, status: 'in_progress', incomplete_details: null, output: [], usage: null };
  const items = outputItems(answer, body);
  const calls = answer.calls.length;
  const events: NamedEvent[] = [
    event('response.created', { response: begun }),
    event('response.in_progress', { response: begun }),
    ...items.flatMap((item, index) => [
      event('response.output_item.added', { output_index: index, item: { ...item, status: 'in_progress' } }),
      ...inside(answer, index, index - (items.length - calls)),
      event('response.output_item.done', { output_index: index, item }),
    ]),
    event(answer.finish === 'stop' ? 'response.completed' : 'response.incomplete', { response: whole }),
  ];
  return events.map((one, sequence_number) => ({ ...one, sequence_number }));
}

/** @param call Which of the calls the item is; negative for what comes before them. */
function inside(answer: CompleteAnswer, output_index: number, call: number): NamedEvent[] {
  const made = answer.calls[call];
  if (made !== undefined) {
    const at = { output_index, item_id: `fc_${answer.id}_${call}` };
    return [
      ...pieces(made.arguments).map((delta) =>
        event('response.function_call_arguments.delta', { ...at, delta }),
      ),
      event('response.function_call_arguments.done', { ...at, arguments: made.arguments }),
    ];
  }
  if (answer.reasoning !== '' && output_index === 0) {
    const at = { output_index, item_id: `rs_${answer.id}`, summary_index: 0 };
    return pieces(answer.reasoning).map((delta) =>
      event('response.reasoning_summary_text.delta', { ...at, delta }),
    );
  }
  const at = { output_index, item_id: `msg_${answer.id}`, content_index: 0 };
  const [kind, text] = answer.refusal === '' ? ['output_text', answer.text] : ['refusal', answer.refusal];
  return pieces(text).map((delta) => event(`response.${kind}.delta`, { ...at, delta }));
}

function event(type: string, rest: object): NamedEvent {
  return { type, ...rest };
}
