/** Which rule knows a fault. A rule answers with the file it has to see first, or with the change; null when it does not apply. */
import type { Answer } from '../../answer.ts';
import type { Knowledge } from '../knowledge.ts';
import { forgottenReturn, gaps, outOfRange, unexpectedKeyword } from './call-faults.ts';
import type { Fault } from './fault.ts';
import { attributeUnknown, importUnknown, moduleUnknown, nameUnknown } from './name-faults.ts';
import { keyUnknown, noJson, textForNumber } from './settings-faults.ts';
import { brokenSyntax } from './syntax-faults.ts';

export type Rule = (fault: Fault, knowledge: Knowledge) => Answer | null;

const RULES: readonly Rule[] = [
  brokenSyntax,
  nameUnknown,
  importUnknown,
  moduleUnknown,
  forgottenReturn,
  attributeUnknown,
  noJson,
  keyUnknown,
  textForNumber,
  unexpectedKeyword,
  outOfRange,
  gaps,
];

export function repair(fault: Fault, knowledge: Knowledge): Answer | null {
  for (const rule of RULES) {
    const action = rule(fault, knowledge);
    if (action !== null) return action;
  }
  return null;
}
