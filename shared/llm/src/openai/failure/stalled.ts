/** The server went silent, or took longer than it may. */
export class Stalled extends Error {
  override readonly name = 'Stalled';
}
