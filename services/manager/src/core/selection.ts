/**
 * Whether a new candidate takes the place of the best so far.
 *
 * Evidence is of the challenger against the holder on the same rows: the improvement, positive where the challenger is the
 * better, with the standard error of the paired difference. Being chosen and being called better are two questions: a claim
 * must be past noise however often was asked (the grader's gate); the choice falls on the likelier one, and where little speaks
 * for either on the cheaper. What each part of the rule is worth is measured by `bench/src/selection`; see decision 0024.
 */

export interface Evidence {
  readonly improvement: number;
  readonly standardError: number;
}

export interface Standing {
  /** On the hidden labels. */
  readonly hidden: Evidence;
  /** On out-of-fold predictions; null where they are not to be believed, or are of the same rows. */
  readonly oof: Evidence | null;
  /** Cost of the challenger over that of the holder. */
  readonly costRatio: number;
  /** How many versions the hidden labels have judged, this one included. */
  readonly queries: number;
}

/** What an improvement must exceed, in standard errors, after so many queries. */
type Errors = (queries: number) => number;

export interface SelectionRule {
  readonly usesOof: boolean;
  /** At about the same cost. */
  readonly alike: Errors;
  /** At `material` times the cost and above. */
  readonly dearer: Errors;
  /** At a `material`th of the cost and below. */
  readonly cheaper: Errors;
  readonly material: number;
}

export const SELECTION: SelectionRule = {
  usesOof: true,
  alike: () => 0,
  // The largest of so many errors of nothing grows like the square root of twice the logarithm; a quarter of it is asked.
  dearer: (queries) => Math.sqrt(2 * Math.log(Math.max(1, queries))) / 4,
  cheaper: () => -0.25,
  material: 4,
};

/** So many standard errors apart, two measurements of one difference contradict each other. */
const CONTRADICTION = 3;

export interface Verdict {
  readonly wins: boolean;
  readonly evidence: Evidence;
  /** What the improvement had to exceed. */
  readonly gate: number;
  /** A clause. */
  readonly why: string;
}

export function judge(standing: Standing, rule: SelectionRule = SELECTION): Verdict {
  const { hidden, costRatio, queries } = standing;
  const evidence = rule.usesOof ? together(hidden, standing.oof) : hidden;
  const isDearer = costRatio >= rule.material;
  const isCheaper = costRatio <= 1 / rule.material;
  const errors = isDearer ? rule.dearer : isCheaper ? rule.cheaper : rule.alike;
  const gate = errors(queries) * evidence.standardError;
  const { improvement } = evidence;
  const wins = improvement > gate || (improvement === gate && improvement <= 0 && costRatio < 1);
  return { wins, evidence, gate, why: wins ? reasonFor(improvement, isCheaper) : reasonAgainst(improvement) };
}

function reasonFor(improvement: number, isCheaper: boolean): string {
  return improvement <= 0 || isCheaper
    ? 'as good within noise, or better, and cheaper'
    : 'likelier the better';
}

function reasonAgainst(improvement: number): string {
  return improvement > 0 ? 'not so much better that it is worth its cost' : 'not better';
}

/**
 * Two measurements of one difference, each weighted by its precision. Out-of-fold scores are of rows that agents see and tune
 * on: however many these are, they never count for more than the hidden rows, and for nothing where they contradict them.
 */
export function together(hidden: Evidence, oof: Evidence | null): Evidence {
  if (oof === null || hidden.standardError === 0) return hidden;
  const ofHidden = hidden.standardError ** 2;
  const ofOof = Math.max(oof.standardError ** 2, ofHidden);
  const apart = Math.abs(hidden.improvement - oof.improvement);
  if (apart > CONTRADICTION * Math.sqrt(ofHidden + ofOof)) return hidden;
  const share = ofOof / (ofHidden + ofOof);
  return {
    improvement: share * hidden.improvement + (1 - share) * oof.improvement,
    standardError: Math.sqrt(share ** 2 * ofHidden + (1 - share) ** 2 * ofOof),
  };
}
