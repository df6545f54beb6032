/** Every hostile program, by what it is after. */
import { EXHAUSTING } from './catalogue/exhausting.ts';
import { NOT_ENDING } from './catalogue/not-ending.ts';
import { PLANTING } from './catalogue/planting.ts';
import { POISONING } from './catalogue/poisoning.ts';
import { REACHING_OUT } from './catalogue/reaching-out.ts';
import { READING } from './catalogue/reading.ts';
import { RISING } from './catalogue/rising.ts';
import type { HostileProgram } from './hostile-program.ts';

export const CATALOGUE: Readonly<Record<string, readonly HostileProgram[]>> = {
  'reads what is not its own': READING,
  'reaches out': REACHING_OUT,
  'takes more than its share': EXHAUSTING,
  'does not end, or not honestly': NOT_ENDING,
  'leaves traps behind': PLANTING,
  'poisons whoever judges it': POISONING,
  'gains rights': RISING,
};
