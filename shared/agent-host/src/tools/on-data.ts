/** Work upon prepared data. */
import type { PreparedData } from '@modelwright/contracts';

export interface OnData {
  readonly data: PreparedData;
}
