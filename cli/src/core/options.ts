/** Values of options, parsed once. */
import { agentRole } from '@modelwright/contracts';
import { InvalidArgumentError } from 'commander';
import type { RoleModels } from './model-choice.ts';

/** A whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`A whole number of at least ${least} is needed.`);
  };
}

/** A number greater than 0. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('A number greater than 0 is needed.');
}

/** An amount of at least 0, in US dollars. */
export function dollars(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('An amount of US dollars is needed, such as 20 or 0.5.');
}

export function portNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65535) return value;
  throw new InvalidArgumentError('A port between 1 and 65535 is needed.');
}

/** `designer=gpt` or `designer=gpt,local`; may be given several times. */
export function roleModels(text: string, before: RoleModels | undefined): RoleModels {
  const [name, models, ...rest] = text.split('=');
  const role = agentRole.safeParse(name);
  const chain = (models ?? '').split(',').filter((one) => one !== '');
  if (role.success && chain.length > 0 && rest.length === 0) return { ...before, [role.data]: chain };
  throw new InvalidArgumentError(
    `A role and its model are needed, such as designer=gpt. Roles: ${agentRole.options.join(', ')}.`,
  );
}
