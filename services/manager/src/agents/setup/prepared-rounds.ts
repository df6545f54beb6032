/** What preparing leaves beside the datasets: rounds to be scored in, controls, rows without labels. */
import { join } from 'node:path';
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import type { PrepareAnswer } from '@modelwright/harness';

type Folders = Pick<PrepareAnswer, 'rounds' | 'audit' | 'shuffled' | 'probe' | 'unlabelled'>;
type Put = (path: string) => Promise<TreeRef>;

/** @param out Where the harness wrote. @param put Stores a folder as a dataset. */
export async function storeRounds(
  { rounds, audit, shuffled, probe, unlabelled }: Folders,
  out: string,
  put: Put,
): Promise<Pick<PreparedData, 'rounds' | 'audit' | 'shuffled' | 'probe' | 'unlabelled'>> {
  const store = async (folder: string) => await put(join(out, folder));
  const stored: PreparedData['rounds'] = [];
  for (const { train, score } of rounds) {
    stored.push({ train: await store(train), score: await store(score) });
  }
  return {
    ...(stored.length === 0 ? {} : { rounds: stored }),
    ...(audit === null
      ? {}
      : { audit: { train: await store(audit.train), score: await store(audit.score), fold: audit.fold } }),
    ...(shuffled === null ? {} : { shuffled: await store(shuffled) }),
    ...(probe === null ? {} : { probe: await store(probe) }),
    ...(unlabelled === null ? {} : { unlabelled: await store(unlabelled) }),
  };
}
