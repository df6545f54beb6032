/** For tests of whoever implements or uses the port. */
export { describeModelConformance, type ModelCase } from './model-conformance.ts';
export { sampleBrief, samplePlan, sampleTask } from './sample-brief.ts';
export { ScriptedModel, type ScriptedReply, type ScriptLine } from './scripted-model.ts';
