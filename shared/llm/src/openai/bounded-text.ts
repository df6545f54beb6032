/** Text that comes in pieces, kept up to a limit: what a server sends beyond it is not worth having. */

export class BoundedText {
  #text = '';
  #cut = false;
  readonly #most: number;

  /** @param most In UTF-16 units. */
  constructor(most: number) {
    this.#most = most;
  }

  add(piece: string): void {
    const room = this.#most - this.#text.length;
    if (piece.length > room) this.#cut = true;
    this.#text += piece.length > room ? piece.slice(0, Math.max(0, room)) : piece;
  }

  get text(): string {
    return this.#text;
  }

  /** Something did not fit. */
  get cut(): boolean {
    return this.#cut;
  }
}
