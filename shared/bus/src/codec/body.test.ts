import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './body.ts';

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.uint8Array(),
);
const key = fc
  .oneof(fc.constantFrom('$float', '$map', '', 'a', 'x__proto__'), fc.string())
  .filter((k) => k !== '__proto__');
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie('body')),
    fc.dictionary(key, tie('body'), { noNullPrototype: true }),
  ),
}));

describe('a body', () => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(body, (sent) => {
        expect(decode(encode(sent))).toEqual(sent);
      }),
    );
  });

  it('can be printed as JSON even when it holds NaN and infinities', () => {
    const packed = encode({ a: [Number.NaN, Number.NEGATIVE_INFINITY] });
    expect(JSON.stringify(new Packr({ useRecords: false }).unpack(packed))).toBe(
      '{"a":[{"$float":"NaN"},{"$float":"-Infinity"}]}',
    );
  });

  it('loses map entries that are undefined, and nothing else', () => {
    expect(decode(encode({ a: undefined, b: { c: undefined }, d: 1 }))).toEqual({ b: {}, d: 1 });
  });

  it.each([
    ['a date', { when: new Date(0) }],
    ['a set', new Set([1])],
    ['a map object', [new Map()]],
    ['a big integer', { n: 1n }],
    ['a function', { f: () => 1 }],
    ['undefined in an array', [undefined]],
    ['undefined itself', undefined],
    ['the key __proto__', JSON.parse('{"__proto__": 1}')],
  ])('that is or holds %s is refused by name', (_, value) => {
    expect(() => encode(value)).toThrow(expect.objectContaining({ kind: 'unencodable-body' }));
  });

  it('that closes upon itself is refused', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => encode(loop)).toThrow('nested deeper');
  });

  it('as deep as may be sent can be received', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 64; level++) deep = { $map: deep };
    expect(decode(encode(deep))).toEqual(deep);
  });
});

describe('hostile bytes', () => {
  const legacy = new Packr({ useRecords: true, structuredClone: true });

  it.each([
    ['nothing', new Uint8Array()],
    ['a record definition', legacy.pack({ a: 1, b: 2 })],
    ['a date', legacy.pack(new Date())],
    ['a set', legacy.pack(new Set([1]))],
    ['an error object', legacy.pack(new Error('x'))],
    ['undefined', legacy.pack(undefined)],
    ['a map that claims four billion entries', Uint8Array.of(0xdf, 255, 255, 255, 255)],
    ['an array that claims four billion entries', Uint8Array.of(0xdd, 255, 255, 255, 255)],
    ['a string longer than the message', Uint8Array.of(0xdb, 0, 0, 1, 0, 65)],
    ['an integer key', Uint8Array.of(0x81, 1, 1)],
    ['the key __proto__', Uint8Array.of(0x81, 0xa9, ...Buffer.from('__proto__'), 0x80)],
    ['broken UTF-8', Uint8Array.of(0xa2, 0xc3, 0x28)],
    ['an integer beyond 2^53', Uint8Array.of(0xcf, 255, 0, 0, 0, 0, 0, 0, 0)],
    ['a negative integer beyond -2^53', Uint8Array.of(0xd3, 128, 0, 0, 0, 0, 0, 0, 0)],
    [
      'an unknown tagged number',
      encode({ $map: 1 })
        .map((byte) => (byte === 0x6d ? 0x6e : byte))
        .subarray(0, 3),
    ],
    ['a thousand levels', new Uint8Array(1000).fill(0x91)],
    ['two values', Uint8Array.of(1, 1)],
  ])('%s are refused with a clear error', (_, bytes) => {
    expect(() => decode(bytes)).toThrow(
      expect.objectContaining({ name: 'PermanentFailure', kind: 'malformed-body' }),
    );
  });

  it('of any kind either decode to something that can be sent again or are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        let decoded: unknown;
        try {
          decoded = decode(bytes);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'malformed-body' });
          return;
        }
        expect(decode(encode(decoded))).toEqual(decoded);
      }),
      { numRuns: 2000 },
    );
  });
});
