/** What `up` did, in words. */
import type { Place } from './farm-plan.ts';

export interface UpTold {
  readonly natsUrl: string;
  readonly server: { readonly version: string; readonly path: string } | null;
  readonly started: readonly Place[];
  /** Of them those that had run before. */
  readonly renewed: readonly Place[];
  readonly kept: readonly Place[];
  readonly surplus: readonly Place[];
  /** What the services that were started know of models. */
  readonly models: { readonly names: readonly string[]; readonly file: string | null };
}

export function tellUp(told: UpTold): string[] {
  const lines: string[] = [];
  if (told.server !== null) {
    lines.push(
      `nats-server ${told.server.version} started at ${withoutPassword(told.natsUrl)} (${told.server.path})`,
    );
  }
  if (told.kept.length > 0) lines.push(`already running: ${names(told.kept)}`);
  if (told.renewed.length > 0) {
    lines.push(`started again, for what is configured of models has changed: ${names(told.renewed)}`);
  }
  if (told.started.length > 0) lines.push(`ready: ${names(told.started)}`);
  if (told.started.length > 0) lines.push(modelsText(told.models));
  if (told.surplus.length > 0) {
    lines.push(`also running, more than asked for: ${names(told.surplus)} (modelwright down stops all)`);
  }
  return lines;
}

function modelsText({ names: known, file }: UpTold['models']): string {
  if (known.length === 0) return 'no language model is known to them: the playbook plays (docs/models.md)';
  return `models known to them: ${known.join(', ')} (${file ?? 'from the environment'})`;
}

/** A server's address as it may be shown. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/g, '//');
}

function names(places: readonly Place[]): string {
  return places.map((place) => place.name).join(', ');
}
