/** The port to language models, and the form in which agents are told what to do. */

export { type Clock, systemClock } from './asking/clock.ts';
export { type Gate, localGate } from './asking/gate.ts';
export { paused, type RateState, takeTurn, UNUSED } from './asking/rate.ts';
export { type BlendReport, blendReport } from './blend-report.ts';
export {
  type AggregatorBrief,
  aggregatorBrief,
  type Brief,
  brief,
  type CoderBrief,
  coderBrief,
  type DesignerBrief,
  designerBrief,
  type ManagerBrief,
  managerBrief,
  type SetupBrief,
  setupBrief,
  type TunerBrief,
  tunerBrief,
} from './brief.ts';
export { readBrief, renderBrief } from './brief-text.ts';
export {
  type Catalogue,
  hasKey,
  type ModelSettings,
  modelsFor,
  type Variables,
  type WebSettings,
} from './catalogue/catalogue.ts';
export { loadCatalogue } from './catalogue/load-catalogue.ts';
export {
  type CatalogueFault,
  type CatalogueReading,
  type CatalogueSource,
  catalogueKeys,
  catalogueOfEnvironment,
  readCatalogue,
} from './catalogue/read-catalogue.ts';
export type { Message, ToolSpec } from './message.ts';
export {
  type JsonValue,
  MODEL_FAILURES,
  type Model,
  ModelFailure,
  type ModelFailureDetails,
  type ModelFailureKind,
  type ModelReply,
  type ModelRequest,
} from './model.ts';
export { type ModelPorts, type ModelsByName, modelsOf } from './models-of.ts';
export { costOf, mostCost, type Price, type Rates, type TokenCounts } from './price.ts';
