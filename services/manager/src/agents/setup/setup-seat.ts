/** What the setup agent finds on its desk: a folder of which nobody has said what it is for. */
import type { FolderSeat } from '@modelwright/agent-host';
import type { ContentStore } from '@modelwright/bus';
import type { setupWork } from '@modelwright/contracts';
import type { z } from 'zod';
import type { SetupHarness } from '../../adapters/harness-in-turn.ts';
import type { Scratch } from '../../adapters/scratch.ts';

export type SetupWork = z.infer<typeof setupWork>;

export interface SetupPorts {
  readonly store: ContentStore;
  readonly harness: SetupHarness;
  readonly scratch: Scratch;
}

/** The user's files lie in `folder`. */
export interface SetupSeat extends FolderSeat<SetupWork>, SetupPorts {
  readonly files: readonly SourceFile[];
}

export interface SourceFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}
