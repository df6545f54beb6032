/** The ways of choosing that are compared: what is shipped, what it was before, and what others do. */
import { SELECTION, type SelectionRule } from '@modelwright/manager/selection';
import { claimErrors, type Way } from './contest.ts';

/** Whoever scores higher wins, whatever it costs. */
const HIGHEST: SelectionRule = {
  usesOof: false,
  alike: () => 0,
  dearer: () => 0,
  cheaper: () => 0,
  material: Number.POSITIVE_INFINITY,
};
const fixed = (errors: number): SelectionRule => ({
  ...HIGHEST,
  usesOof: true,
  alike: () => errors,
  dearer: () => errors,
  cheaper: () => errors,
});
const strict = (usesOof: boolean): SelectionRule => ({
  ...HIGHEST,
  usesOof,
  alike: claimErrors,
  dearer: claimErrors,
  cheaper: claimErrors,
});

export const WAYS: readonly Way[] = [
  { name: 'own numbers', rule: HIGHEST, reseeds: false, believesOof: true },
  { name: 'highest score (as before)', rule: HIGHEST, reseeds: false },
  { name: 'past noise only', rule: strict(false), reseeds: false },
  { name: 'past noise only, both rows', rule: strict(true), reseeds: false },
  { name: 'both rows, one error', rule: fixed(1), reseeds: false },
  { name: 'both rows', rule: fixed(0), reseeds: false },
  { name: 'both rows, ties by cost', rule: SELECTION, reseeds: false },
  { name: 'both rows, ties by cost, reseeded', rule: SELECTION, reseeds: true },
];
