/**
 * What language models may cost in a run: each grant is reserved when it is given and closed by what was spent of it, so
 * that what is spent and what is reserved never exceed the cap together.
 *
 *     free ──reserve──► reserved ──settle──► spent, and the rest is free again
 *
 * A grant whose final message has not come is charged whole; when the message comes, it is settled again.
 */
import type { RunBudget, Spent } from '@modelwright/contracts';

export interface Charge {
  readonly microUsd: number;
  /** Input and output together. */
  readonly tokens: number;
}

export interface Ledger {
  readonly capMicroUsd: number;
  /** Null: no limit. */
  readonly capTokens: number | null;
  /** By assignment: grants of open ones, charges of closed ones. */
  readonly reserved: Readonly<Record<string, Charge>>;
  readonly charged: Readonly<Record<string, Charge>>;
  /** The largest grant of money that did not suffice for a single turn. */
  readonly tooSmall: number;
  readonly warned: boolean;
  /** The user was asked: nothing that costs is begun before the budget is raised, or something comes back. */
  readonly paused: boolean;
}

export const NO_CHARGE: Charge = { microUsd: 0, tokens: 0 };

export function openLedger({ microUsd, tokens }: Pick<RunBudget, 'microUsd' | 'tokens'>): Ledger {
  return {
    capMicroUsd: microUsd,
    capTokens: tokens,
    reserved: {},
    charged: {},
    tooSmall: 0,
    warned: false,
    paused: false,
  };
}

export function reserve(ledger: Ledger, assignment: string, charge: Charge): Ledger {
  return { ...ledger, reserved: { ...ledger.reserved, [assignment]: charge } };
}

/** Settling again replaces what was charged before. What comes back by that ends a pause: it can be granted again. */
export function settle(ledger: Ledger, assignment: string, charge: Charge): Ledger {
  const { [assignment]: held, ...reserved } = ledger.reserved;
  const before = held ?? ledger.charged[assignment] ?? NO_CHARGE;
  const comesBack = charge.microUsd < before.microUsd || charge.tokens < before.tokens;
  const paused = ledger.paused && !comesBack;
  return { ...ledger, reserved, charged: { ...ledger.charged, [assignment]: charge }, paused };
}

/** The new cap; never below what is spent and reserved already. */
export function raised(ledger: Ledger, microUsd: number, tokens: number | null): Ledger {
  const bound = committed(ledger);
  return {
    ...ledger,
    capMicroUsd: Math.max(microUsd, bound.microUsd),
    capTokens: tokens === null ? ledger.capTokens : Math.max(tokens, bound.tokens),
    warned: false,
    paused: false,
  };
}

export function spentOf({ charged }: Ledger): Charge {
  return total(charged);
}

export function reservedOf({ reserved }: Ledger): Charge {
  return total(reserved);
}

/** Neither spent nor reserved. */
export function freeOf(ledger: Ledger): { readonly microUsd: number; readonly tokens: number | null } {
  const { capMicroUsd, capTokens } = ledger;
  const { microUsd, tokens } = committed(ledger);
  return {
    microUsd: Math.max(0, capMicroUsd - microUsd),
    tokens: capTokens === null ? null : Math.max(0, capTokens - tokens),
  };
}

/** The larger of the shares of money and tokens that are spent; 0 where nothing is limited. */
export function spentShare(ledger: Ledger): number {
  const { microUsd, tokens } = spentOf(ledger);
  const { capMicroUsd, capTokens } = ledger;
  return Math.max(
    capMicroUsd === 0 ? 0 : microUsd / capMicroUsd,
    capTokens === null ? 0 : tokens / capTokens,
  );
}

export function chargeOf(spent: Spent): Charge {
  const tokens = Object.values(spent.byModel).reduce(
    (sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens,
    0,
  );
  return { microUsd: spent.microUsd, tokens };
}

function committed(ledger: Ledger): Charge {
  const spent = spentOf(ledger);
  const reserved = reservedOf(ledger);
  return { microUsd: spent.microUsd + reserved.microUsd, tokens: spent.tokens + reserved.tokens };
}

function total(charges: Readonly<Record<string, Charge>>): Charge {
  return Object.values(charges).reduce(
    (sum, { microUsd, tokens }) => ({ microUsd: sum.microUsd + microUsd, tokens: sum.tokens + tokens }),
    NO_CHARGE,
  );
}
