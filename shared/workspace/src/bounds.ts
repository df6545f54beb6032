/** How much a candidate may hold. Its trained models are not in it: they are outputs of jobs. */
export interface Bounds {
  readonly files: number;
  readonly bytesPerFile: number;
  readonly bytes: number;
}

const MIB = 1024 * 1024;

export const CANDIDATE_BOUNDS: Bounds = { files: 2000, bytesPerFile: 8 * MIB, bytes: 48 * MIB };
