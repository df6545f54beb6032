import { describe, expect, it } from 'vitest';
import { sampleRequest } from '../testing/sample-wire.ts';
import { replyCalls } from './reply-calls.ts';

const call = (name: string, id = '') => ({ id, name, arguments: '{}' });

describe('calls of a reply', () => {
  it.each([
    ['look', 'look'],
    ['functions.look', 'look'],
    ['look<|channel|>commentary', 'look'],
    ['functions.leap', 'functions.leap'],
  ])('"%s" are of the tool "%s"', (said, meant) => {
    expect(replyCalls([call(said)], sampleRequest)).toMatchObject([{ name: meant }]);
  });

  it('have ids of their own, within the reply and the conversation', () => {
    const former = {
      role: 'assistant' as const,
      text: '',
      calls: [call('look', 'a')],
      opaque: null,
      model: 'm',
    };
    const request = { ...sampleRequest, messages: [...sampleRequest.messages, former] };
    const ids = replyCalls([call('look', 'a'), call('look', 'b'), call('look', 'b'), call('look')], request);
    expect(ids.map(({ id }) => id)).toEqual(['call-2-1', 'b', 'call-2-3', 'call-2-4']);
  });
});
