/** The score on the rows that nothing was chosen by. */
import { exactScore } from '../../adapters/harness.ts';
import { judged, lay } from './bench.ts';
import { EMPTY, type Graded, type GraderPorts, type Of } from './ports.ts';

export async function scoreHoldout(ports: GraderPorts, folder: string, work: Of<'holdout'>): Promise<Graded> {
  const bench = await lay(ports, folder, work.data);
  const own = await judged(ports, bench, 'own', work);
  const estimate = await ports.harness.grade({ ...bench.judge('holdout'), ...own });
  return { ...EMPTY, score: exactScore(estimate) };
}
