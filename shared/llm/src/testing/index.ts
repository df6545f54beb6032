/** For tests of whoever implements or uses the port. */

export { LeapingClock } from './leaping-clock.ts';
export { describeModelConformance, type ModelCase } from './model-conformance.ts';
export {
  type Conversation,
  errorBody,
  type Fault,
  invalidUtf8,
  type Provider,
  type ProviderAnswer,
  type ProviderApi,
  type ProviderCall,
  type ProviderOptions,
  type ProviderRequest,
  type ProviderUsage,
  startProvider,
  UsageCount,
} from './provider-server/index.ts';
export { sampleBrief, samplePlan, sampleTask } from './sample-brief.ts';
export { samplePrice, sampleRequest, sampleWireOptions } from './sample-wire.ts';
export { ScriptedModel, type ScriptedReply, type ScriptLine } from './scripted-model.ts';
export { type Attempt, modelFailure, UnsteadyModel } from './unsteady-model.ts';
