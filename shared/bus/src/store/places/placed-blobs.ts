/** The port `BlobStore` for all stores of a farm, wherever each of them lies. */
import type { StoreName } from '@modelwright/contracts';
import type { BlobName, BlobStore, OpenBlob, Source } from '../blob-store.ts';
import type { FarmContent, Outside } from './farm-content.ts';

export class PlacedBlobs implements BlobStore {
  readonly #nats: BlobStore;
  readonly #content: Pick<FarmContent, 'outside' | 'lookAgain'>;

  constructor(nats: BlobStore, content: Pick<FarmContent, 'outside' | 'lookAgain'>) {
    this.#nats = nats;
    this.#content = content;
  }

  async sizeOf(name: BlobName): Promise<number | null> {
    return await (await this.#writtenTo(name.store)).sizeOf(name);
  }

  async write(name: BlobName, source: Source): Promise<void> {
    await (await this.#writtenTo(name.store)).write(name, source);
  }

  /** Where it would be written first, then where it may have been written before the farm's content was moved. */
  async open(name: BlobName): Promise<OpenBlob | null> {
    if (name.store === 'truth') return await this.#nats.open(name);
    const outside = await this.#content.outside();
    if (outside === null) return (await this.#nats.open(name)) ?? (await this.#openMoved(name));
    const [first, second] = isWritten(outside, name.store)
      ? [outside.blobs, this.#nats]
      : [this.#nats, outside.blobs];
    return (await first.open(name)) ?? (await second.open(name));
  }

  async #openMoved(name: BlobName): Promise<OpenBlob | null> {
    const outside = await this.#content.lookAgain();
    return outside === null ? null : await outside.blobs.open(name);
  }

  /** The store of hidden labels goes nowhere, and needs no other place to be there. */
  async #writtenTo(store: StoreName): Promise<BlobStore> {
    if (store === 'truth') return this.#nats;
    const outside = await this.#content.outside();
    return outside !== null && isWritten(outside, store) ? outside.blobs : this.#nats;
  }
}

const isWritten = ({ stores }: Outside, store: StoreName) => stores.includes(store);
