/**
 * Bodies on the wire: msgpack of nil, booleans, numbers, strings, bytes, arrays and string maps, and of nothing else.
 *
 * Encoding leaves out map entries that are undefined, as JSON does, writes lone surrogates as U+FFFD and -0 as 0, and
 * refuses (`unencodable-body`) what could not come back as it was: dates, sets, class instances, big integers.
 */
import { Packr } from 'msgpackr';
import { PermanentFailure } from '../failure.ts';
import { MAX_DEPTH } from './limits.ts';
import { FLOAT, looksLikeTag, MAP, tagNumber, untagNumber } from './number-tag.ts';
import { scan } from './scan.ts';

type Plain =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const packr = new Packr({ useRecords: false, variableMapSize: true, mapsAsObjects: true, copyBuffers: true });

export function encode(body: unknown): Uint8Array {
  return packr.pack(toPlain(body, '', 0));
}

/** Throws `malformed-body` for bytes that `encode` cannot have written. */
export function decode(bytes: Uint8Array): unknown {
  scan(bytes);
  return fromPlain(packr.unpack(bytes));
}

function toPlain(value: unknown, path: string, depth: number): Plain {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : tagNumber(value);
  if (value instanceof Uint8Array) return value;
  if (depth >= MAX_DEPTH) throw unencodable(path, `is nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) return value.map((item, n) => toPlain(item, `${path}[${n}]`, depth + 1));
  if (isStringMap(value)) return mapToPlain(value, path, depth);
  throw unencodable(
    path,
    `is ${typeof value === 'object' ? 'an instance of a class' : `of type ${typeof value}`}`,
  );
}

function mapToPlain(map: Record<string, unknown>, path: string, depth: number): Plain {
  const entries = Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, Plain] => {
      if (key === '__proto__') throw unencodable(path, 'has the key __proto__');
      return [key.toWellFormed(), toPlain(value, `${path}.${key}`, depth + 1)];
    });
  const plain = Object.fromEntries(entries);
  return looksLikeTag(Object.keys(plain)) ? { [MAP]: plain } : plain;
}

function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (!isStringMap(value)) return value;
  const keys = Object.keys(value);
  if (!looksLikeTag(keys)) return mapFromPlain(value);
  if (keys[0] === FLOAT) return untagNumber(value[FLOAT]);
  const wrapped = value[MAP];
  if (!isStringMap(wrapped))
    throw new PermanentFailure('malformed-body', `A body holds a ${MAP} that is no map.`);
  return mapFromPlain(wrapped);
}

const mapFromPlain = (map: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, fromPlain(value)]));

function isStringMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const unencodable = (path: string, what: string) =>
  new PermanentFailure(
    'unencodable-body',
    `A body cannot be sent: ${path === '' ? 'it' : path.replace(/^\./, '')} ${what}.`,
  );
