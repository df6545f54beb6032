/** All rules, in the order they are asked. The first with something to say is carried out, then they are asked again. */
import { askManager } from './ask-manager.ts';
import { auditFinalists } from './audit-finalists.ts';
import { blendScored } from './blend-scored.ts';
import { collectPredictions } from './collect-predictions.ts';
import { compareRefit } from './compare-refit.ts';
import { deliverNow, endBlending } from './deliver-now.ts';
import { deriveForRefit } from './derive-for-refit.ts';
import { dropOutOfTime } from './drop-out-of-time.ts';
import { dropUnbegun } from './drop-unbegun.ts';
import { endOverdue } from './end-overdue.ts';
import { endUnprepared } from './end-unprepared.ts';
import { finishSearch } from './finish-search.ts';
import { gradeHoldout } from './grade-holdout.ts';
import { gradePredicted } from './grade-predicted.ts';
import { implementPlanned } from './implement-planned.ts';
import { meetCap } from './meet-cap.ts';
import { openHoldout } from './open-holdout.ts';
import { packageModel } from './package-model.ts';
import { planFloor } from './plan-floor.ts';
import { predictTrained } from './predict-trained.ts';
import { prepareData } from './prepare-data.ts';
import { proposePortfolio } from './propose-portfolio.ts';
import { collectRecord, recordModel } from './record-model.ts';
import { chooseModel, endLateRefit, refitWinner } from './refit-winner.ts';
import { repairBroken } from './repair-broken.ts';
import { replaceBest } from './replace-best.ts';
import { reseedFinalists } from './reseed-finalists.ts';
import { resumeStopped } from './resume-stopped.ts';
import { reviseBest } from './revise-best.ts';
import type { Rule } from './rule.ts';
import { sealWinner } from './seal-winner.ts';
import { trainRounds } from './train-rounds.ts';
import { tuneImplemented } from './tune-implemented.ts';
import { judgeReproduction, reproduceRecord } from './verify-deliverable.ts';
import { warnMoney } from './warn-money.ts';

export const RULES: readonly Rule[] = [
  resumeStopped,
  endUnprepared,
  endOverdue,
  warnMoney,
  dropOutOfTime,
  deliverNow,
  meetCap,
  dropUnbegun,
  prepareData,
  planFloor,
  proposePortfolio,
  collectPredictions,
  gradePredicted,
  trainRounds,
  predictTrained,
  tuneImplemented,
  repairBroken,
  implementPlanned,
  askManager,
  reviseBest,
  replaceBest,
  finishSearch,
  endBlending,
  auditFinalists,
  reseedFinalists,
  blendScored,
  sealWinner,
  openHoldout,
  gradeHoldout,
  endLateRefit,
  deriveForRefit,
  refitWinner,
  chooseModel,
  recordModel,
  collectRecord,
  compareRefit,
  packageModel,
  reproduceRecord,
  judgeReproduction,
];
