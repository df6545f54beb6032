/** The kit is the same for all candidates: what checks and measures them must not be theirs to change. */
const KIT = 'mw';

/** Why a path may not be written; null when it may. */
export function kitObjection(path: string): string | null {
  const [top] = path.split('/');
  return top?.toLowerCase() === KIT
    ? `"${path}" belongs to the kit ${KIT}, which is the same for all candidates: write beside it`
    : null;
}
