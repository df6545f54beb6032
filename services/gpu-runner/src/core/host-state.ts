/**
 * Whether another runner's host is alive.
 *
 * Its heartbeat carries its own clock, which may be wrong. So before a host is called lost, this runner must itself have
 * watched the record stay the same for a while: a wrong clock alone never takes a job away.
 */
import type { Worker } from '@modelwright/contracts';

/** When this runner first saw the heartbeat that is there now, by its own clock. */
export interface Sighting {
  readonly beatAt: number;
  readonly seenAt: number;
}

export type HostState =
  | { readonly kind: 'alive' }
  /** Silent, but not for long enough: a restart finds its jobs again. */
  | { readonly kind: 'silent'; readonly remainingMs: number }
  | { readonly kind: 'lost'; readonly silentMs: number };

/** Heartbeats come every 5 seconds; two and a half of them must have been missed before our eyes. */
const WATCHED_MS = 12_500;

/** Remembers the first look at each heartbeat. */
export function sight(previous: Sighting | null, worker: Worker | null, now: number): Sighting {
  const beatAt = worker?.beatAt ?? 0;
  return previous !== null && previous.beatAt === beatAt ? previous : { beatAt, seenAt: now };
}

/** `worker` is null when the record has expired: the host has been silent for long, by the server's clock. */
export function hostState(
  worker: Worker | null,
  sighting: Sighting,
  now: number,
  adoptionWindowMs: number,
): HostState {
  const silentMs = worker === null ? adoptionWindowMs : Math.max(0, now - worker.beatAt);
  const watchedMs = now - sighting.seenAt;
  const remainingMs = Math.max(
    adoptionWindowMs - silentMs,
    Math.min(WATCHED_MS, adoptionWindowMs) - watchedMs,
  );
  if (remainingMs <= 0) return { kind: 'lost', silentMs };
  const leaving = worker?.state === 'gone';
  return silentMs < Math.min(WATCHED_MS, adoptionWindowMs) && !leaving
    ? { kind: 'alive' }
    : { kind: 'silent', remainingMs };
}
