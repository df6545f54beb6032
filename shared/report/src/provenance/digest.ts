/** Files of a delivery, by what they hold. */

export interface FileDigest {
  /** Below the folder of results, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}
