/** What a run's log and outcomes say, for reports about it. The page itself is `@modelwright/report/page`: it loads a plotting library. */

export { mlBom } from './bom/ml-bom.ts';
export { type Comparison as FilesCompared, comparedWithStatement } from './provenance/compared.ts';
export type { FileDigest } from './provenance/digest.ts';
export { PROVENANCE_FILE, provenanceStatement, type Statement, statement } from './provenance/statement.ts';
export { accepted, type LogEntry } from './run/accepted.ts';
export { ACTIVITIES, type Activity, costOfHonesty, type HonestyCost } from './run/cost-of-honesty.ts';
export type { AgentsReport, CurvePoint, ReportInput, TrainingCurves } from './run/input.ts';
export { fetchedIn, measuredIn } from './run/measured.ts';
export { ranked } from './run/ranked.ts';
export { type Reuse, reuseOfPredictions } from './run/reuse.ts';
export { chosenIn, dataFindings, type RunReport, runReport } from './run/run-report.ts';
