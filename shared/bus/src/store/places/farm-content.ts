/**
 * Where this farm keeps its content. It is said once, by who applies the topology, in KV `config` under `content`;
 * everybody else follows, so that two processes never look in two places. A process may know the place by another
 * name, such as another mount point: the mark that lies there tells whether it is the same.
 *
 *     declaring    nothing told       → as recorded; without a record, NATS
 *                  told, no record    → the place is marked and recorded; so is a move out of NATS
 *                  told another place → refused: content does not move by itself
 *     following    nothing told       → as recorded
 *                  told a place       → that place, if the mark in it is the recorded one
 */
import { z } from 'zod';
import { PermanentFailure, TransientFailure } from '../../failure.ts';
import type { Entry, Records } from '../../records/records.ts';
import { type ContentPlace, contentPlace, NATS, type OutsidePlace } from './content-place.ts';
import { markedAs, markOf } from './mark.ts';
import { openOutside } from './open-outside.ts';
import type { OutsideBlobs } from './outside-blobs.ts';

export const contentRecord = z.object({
  /** As people write it. */
  place: z.string(),
  /** The mark that lies there; null for NATS. */
  id: z.string().nullable(),
});
export type ContentRecord = z.infer<typeof contentRecord>;

const KEY = 'content';
const IN_NATS: ContentRecord = { place: NATS.text, id: null };

export interface Outside {
  readonly place: OutsidePlace;
  /** What is written there; anything may be read there. */
  readonly stores: OutsidePlace['stores'];
  readonly blobs: OutsideBlobs;
}

export class FarmContent {
  readonly #records: Pick<Records<ContentRecord>, 'get' | 'create' | 'update'>;
  readonly #told: ContentPlace | null;
  #known: { readonly record: ContentRecord; readonly outside: Promise<Outside | null> } | null = null;

  /** @param told Where this process was told to look; null: nowhere in particular. */
  constructor(records: Pick<Records<ContentRecord>, 'get' | 'create' | 'update'>, told: ContentPlace | null) {
    this.#records = records;
    this.#told = told;
  }

  /** Records where content is kept, if that is new; says so in words. */
  async declare(): Promise<string[]> {
    const found = await this.#records.get(KEY);
    const wanted = await this.#wanted(found);
    if (wanted === null) return [];
    const written =
      found === null
        ? await this.#records.create(KEY, wanted)
        : await this.#records.update(KEY, wanted, found.revision);
    // Another has declared in the same moment: then its word counts.
    if (written === null) return await this.declare();
    return wanted.id === null ? [] : [`content is kept in ${wanted.place}`];
  }

  /** What lies outside NATS; null where nothing does. */
  async outside(): Promise<Outside | null> {
    return await (this.#known?.outside ?? this.lookAgain());
  }

  /** For who misses something: the farm may have moved out of NATS since. */
  async lookAgain(): Promise<Outside | null> {
    const record = (await this.#records.get(KEY))?.value ?? null;
    if (record === null) return this.#undeclared();
    if (this.#known !== null && isSame(this.#known.record, record)) return await this.#known.outside;
    const known = { record, outside: this.#follow(record) };
    this.#known = known;
    try {
      return await known.outside;
    } catch (error) {
      // What is away may be back the next time.
      if (this.#known === known) this.#known = null;
      throw error;
    }
  }

  /** What the record should be; null where it is as it should be. */
  async #wanted(found: Entry<ContentRecord> | null): Promise<ContentRecord | null> {
    if (this.#told === null) return found === null ? IN_NATS : null;
    const wanted = await recordOf(this.#told);
    if (found === null) return wanted;
    if (isSame(found.value, wanted)) return null;
    if (found.value.id === null || found.value.id === wanted.id) return wanted;
    throw elsewhere(found.value, this.#told);
  }

  #undeclared(): null {
    if (this.#told === null || this.#told.kind === 'nats') return null;
    throw new TransientFailure('topology-missing', 'Nobody has said yet where this farm keeps its content.');
  }

  async #follow(record: ContentRecord): Promise<Outside | null> {
    const said = contentPlace.parse(record.place);
    const place = this.#told ?? said;
    if (said.kind === 'nats' && place.kind === 'nats') return null;
    if (said.kind === 'nats' || place.kind === 'nats') throw elsewhere(record, place);
    const blobs = await openOutside(place);
    const id = await markOf(blobs);
    if (id === record.id) return { place, stores: said.stores, blobs };
    if (id !== null) throw elsewhere(record, place);
    throw new TransientFailure(
      'store-away',
      `${place.text} does not bear the mark of this farm's content. Is it mounted here? ` +
        'Where it has another name on this host, MODELWRIGHT_ARTIFACTS says which.',
    );
  }
}

async function recordOf(place: ContentPlace): Promise<ContentRecord> {
  return place.kind === 'nats'
    ? IN_NATS
    : { place: place.text, id: await markedAs(await openOutside(place)) };
}

const isSame = (one: ContentRecord, other: ContentRecord) => one.place === other.place && one.id === other.id;

const elsewhere = ({ place }: ContentRecord, told: ContentPlace) =>
  new PermanentFailure(
    'content-elsewhere',
    `This farm keeps its content in ${place}, and MODELWRIGHT_ARTIFACTS says ${told.text}. Content does not move by ` +
      'itself: set the variable as the farm has it, or unset it.',
  );
