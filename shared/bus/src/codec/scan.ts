/**
 * Looks through untrusted msgpack before anything decodes it, and lets pass only what `encode` can have written.
 *
 * msgpackr gives meaning to extensions (dates, sets, shared structures defined inside the bytes, references), which a
 * stranger could use to make objects we never expect. So the bytes are walked once here: no extension, string keys
 * only, lengths that fit, bounded depth, integers a number can hold, valid UTF-8, nothing left over.
 *
 * Format: https://github.com/msgpack/msgpack/blob/master/spec.md
 */
import { isUtf8 } from 'node:buffer';
import { PermanentFailure } from '../failure.ts';
import { MAX_WIRE_DEPTH } from './limits.ts';

/** What follows a format's first byte: a value of `width` bytes, or a length of `width` bytes and then the content. */
interface Format {
  readonly kind: 'fixed' | 'wide-unsigned' | 'wide-signed' | 'bytes' | 'string' | 'array' | 'map';
  readonly width: number;
}

/** The formats with a first byte of their own. Missing here, and so refused: extensions and the unused 0xc1. */
const FORMATS: ReadonlyMap<number, Format> = new Map<number, Format>([
  [0xc0, { kind: 'fixed', width: 0 }], // nil
  [0xc2, { kind: 'fixed', width: 0 }], // false
  [0xc3, { kind: 'fixed', width: 0 }], // true
  [0xc4, { kind: 'bytes', width: 1 }],
  [0xc5, { kind: 'bytes', width: 2 }],
  [0xc6, { kind: 'bytes', width: 4 }],
  [0xca, { kind: 'fixed', width: 4 }], // floats
  [0xcb, { kind: 'fixed', width: 8 }],
  [0xcc, { kind: 'fixed', width: 1 }], // unsigned integers
  [0xcd, { kind: 'fixed', width: 2 }],
  [0xce, { kind: 'fixed', width: 4 }],
  [0xcf, { kind: 'wide-unsigned', width: 8 }],
  [0xd0, { kind: 'fixed', width: 1 }], // signed integers
  [0xd1, { kind: 'fixed', width: 2 }],
  [0xd2, { kind: 'fixed', width: 4 }],
  [0xd3, { kind: 'wide-signed', width: 8 }],
  [0xd9, { kind: 'string', width: 1 }],
  [0xda, { kind: 'string', width: 2 }],
  [0xdb, { kind: 'string', width: 4 }],
  [0xdc, { kind: 'array', width: 2 }],
  [0xdd, { kind: 'array', width: 4 }],
  [0xde, { kind: 'map', width: 2 }],
  [0xdf, { kind: 'map', width: 4 }],
]);

const FORBIDDEN_KEY = Buffer.from('__proto__');

const refuse = (what: string, at: number): never => {
  throw new PermanentFailure('malformed-body', `The message's bytes are not a body: ${what} at byte ${at}.`);
};

export function scan(bytes: Uint8Array): void {
  const scanner = new Scanner(bytes);
  scanner.value(0);
  if (scanner.at !== bytes.length) refuse('something follows the value', scanner.at);
}

class Scanner {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): void {
    if (depth > MAX_WIRE_DEPTH) refuse(`nesting deeper than ${MAX_WIRE_DEPTH}`, this.at);
    const tag = this.#unsigned(1);
    if (tag <= 0x7f || tag >= 0xe0) return;
    if (tag <= 0x8f) this.#map(tag & 0x0f, depth);
    else if (tag <= 0x9f) this.#array(tag & 0x0f, depth);
    else if (tag <= 0xbf) this.#string(tag & 0x1f);
    else this.#tagged(FORMATS.get(tag), depth);
  }

  #tagged(format: Format | undefined, depth: number): void {
    switch (format?.kind) {
      case 'fixed':
        this.#skip(format.width);
        break;
      case 'wide-unsigned':
        this.#wide((at) => this.#view.getBigUint64(at));
        break;
      case 'wide-signed':
        this.#wide((at) => this.#view.getBigInt64(at));
        break;
      case 'bytes':
        this.#skip(this.#unsigned(format.width));
        break;
      case 'string':
        this.#string(this.#unsigned(format.width));
        break;
      case 'array':
        this.#array(this.#unsigned(format.width), depth);
        break;
      case 'map':
        this.#map(this.#unsigned(format.width), depth);
        break;
      case undefined:
        refuse('an extension or unused format', this.at - 1);
    }
  }

  #array(length: number, depth: number): void {
    for (let n = 0; n < length; n++) this.value(depth + 1);
  }

  #map(length: number, depth: number): void {
    for (let n = 0; n < length; n++) {
      this.#key();
      this.value(depth + 1);
    }
  }

  #key(): void {
    const start = this.at;
    const length = this.#keyLength();
    this.#string(length);
    const name = Buffer.from(this.#bytes.subarray(this.at - length, this.at));
    if (name.equals(FORBIDDEN_KEY)) refuse('the map key __proto__', start);
  }

  #keyLength(): number {
    const tag = this.#unsigned(1);
    if (tag >= 0xa0 && tag <= 0xbf) return tag & 0x1f;
    if (tag >= 0xd9 && tag <= 0xdb) return this.#unsigned(1 << (tag - 0xd9));
    return refuse('a map key that is no string', this.at - 1);
  }

  #string(length: number): void {
    const start = this.at;
    this.#skip(length);
    if (!isUtf8(this.#bytes.subarray(start, this.at))) refuse('a string that is not UTF-8', start);
  }

  #wide(read: (at: number) => bigint): void {
    const start = this.at;
    this.#skip(8);
    const value = read(start);
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
      refuse('an integer too large for a number', start);
    }
  }

  #skip(length: number): void {
    if (length > this.#bytes.length - this.at) refuse('the end comes too early', this.#bytes.length);
    this.at += length;
  }

  #unsigned(width: number): number {
    const start = this.at;
    this.#skip(width);
    if (width === 1) return this.#view.getUint8(start);
    return width === 2 ? this.#view.getUint16(start) : this.#view.getUint32(start);
  }
}
