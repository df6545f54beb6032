/** Scores in words: as many digits as the standard error bears, never more. */
import type { Score } from '@modelwright/contracts';

/** Such as `0.9750 [0.9661, 0.9836]`: the value and its 95 % interval. */
export function scoreText(score: Score): string {
  const digits = decimalsOf(score);
  const [low, high] = score.interval;
  return `${score.value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

/** Two significant digits of the standard error; three decimals where it is unknown. */
function decimalsOf(score: Score): number {
  if (!(score.standardError > 0)) return 3;
  return Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(score.standardError))));
}
