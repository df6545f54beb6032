import { describe, expect, it } from 'vitest';
import { readTextReply } from './read-text-reply.ts';

const call = { tool: 'look', arguments: { at: 'a' } };
const calls = [{ name: 'look', arguments: '{"at":"a"}' }];

describe('a reply in text', () => {
  it.each([
    ['the object alone', JSON.stringify({ thought: 'Hm.', calls: [call] }), 'Hm.'],
    [
      'a fence',
      `First:\n\`\`\`json\n${JSON.stringify({ thought: 'Hm.', calls: [call] }, null, 1)}\n\`\`\`\nSo.`,
      'Hm.',
    ],
    ['words around it', `I look. ${JSON.stringify({ thought: '}"{', calls: [call] })} And then?`, '}"{'],
    ['no thought', JSON.stringify({ calls: [call] }), ''],
    ['a call alone', JSON.stringify(call), ''],
    ['a list of calls', JSON.stringify([call]), ''],
    ['other names', JSON.stringify({ name: 'look', parameters: { at: 'a' } }), ''],
    ['arguments as text', JSON.stringify({ calls: [{ tool: 'look', arguments: '{"at":"a"}' }] }), ''],
  ])('is read with %s', (_form, text, thought) => {
    expect(readTextReply(text)).toEqual({ kind: 'calls', thought, calls });
  });

  it.each([
    ['words alone', 'I would look.', 'holds no JSON object'],
    ['an object cut off', '{"calls": [{"tool": "look", "arg', 'is not closed'],
    ['broken JSON', '{"calls": [{"tool": look}]}', 'not valid'],
    ['no call', '{"thought": "Hm.", "calls": []}', '"calls" is empty'],
    ['no calls', '{"thought": "Hm."}', '"calls"'],
    ['a call of nothing', '{"calls": [{"arguments": {}}]}', 'has no "tool"'],
    ['a number', '42', 'holds no JSON object'],
  ])('with %s says what is wrong', (_form, text, why) => {
    expect(readTextReply(text)).toMatchObject({ kind: 'unreadable', why: expect.stringContaining(why) });
  });
});
