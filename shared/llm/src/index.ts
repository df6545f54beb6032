/** The port to language models, and the form in which agents are told what to do. */
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
  type TunerBrief,
  tunerBrief,
} from './brief.ts';
export { readBrief, renderBrief } from './brief-text.ts';
export type { Message, ToolSpec } from './message.ts';
export { type Model, ModelFailure, type ModelReply, type ModelRequest, type ModelUsage } from './model.ts';
