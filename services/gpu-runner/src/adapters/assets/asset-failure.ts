/** An asset cannot be provided. */
export class AssetFailure extends Error {
  override readonly name = 'AssetFailure';
  /** It may well succeed later, or on another host. */
  readonly passing: boolean;

  constructor(message: string, { passing, cause }: { readonly passing: boolean; readonly cause?: unknown }) {
    super(message, { cause });
    this.passing = passing;
  }
}
