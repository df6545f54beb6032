/**
 * Calls of tools from the pieces in which they are streamed. A piece belongs to the call of its index; but some servers
 * give every call the index 0 or none, and say by a new id that a new call begins.
 */
import type { ToolCall } from '@modelwright/contracts';
import type { JsonValue } from '../../model.ts';
import { BoundedText } from '../bounded-text.ts';
import { MOST_CALLS, MOST_TEXT } from '../reply-limits.ts';
import type { CallPiece } from './chat-event.ts';

interface OpenCall {
  readonly index: number;
  id: string;
  name: string;
  readonly args: BoundedText;
  extra: JsonValue | null;
}

export class CallAssembly {
  readonly #calls: OpenCall[] = [];
  #dropped = false;

  add(pieces: readonly CallPiece[]): void {
    for (const [place, piece] of pieces.entries()) {
      const call = this.#callOf(piece, piece.index ?? place);
      if (call === null) {
        this.#dropped = true;
        continue;
      }
      if (call.id === '') call.id = piece.id ?? '';
      if (call.name === '') call.name = piece.function?.name ?? '';
      call.args.add(piece.function?.arguments ?? '');
      call.extra = piece.extra_content ?? call.extra;
    }
  }

  get calls(): ToolCall[] {
    return this.#calls.map(({ id, name, args }) => ({
      id,
      name,
      arguments: args.text === '' ? '{}' : args.text,
    }));
  }

  /** By place: what the provider wants back with a call; null for nothing. */
  get extras(): (JsonValue | null)[] {
    return this.#calls.map(({ extra }) => extra);
  }

  /** There was more than is kept. */
  get cut(): boolean {
    return this.#dropped || this.#calls.some(({ args }) => args.cut);
  }

  /** Null when there are too many. */
  #callOf(piece: CallPiece, index: number): OpenCall | null {
    const latest = this.#calls.findLast((call) => call.index === index);
    if (latest !== undefined && !beginsAnew(latest, piece)) return latest;
    if (this.#calls.length === MOST_CALLS) return null;
    const opened = { index, id: '', name: '', args: new BoundedText(MOST_TEXT), extra: null };
    this.#calls.push(opened);
    return opened;
  }
}

function beginsAnew(latest: OpenCall, piece: CallPiece): boolean {
  const { id } = piece;
  if (typeof id === 'string' && id !== '') return latest.id !== '' && id !== latest.id;
  // Without ids a name can only be the beginning of a call, where arguments have come already.
  const name = piece.function?.name ?? '';
  return latest.id === '' && name !== '' && latest.args.text !== '';
}
