import { renderBrief } from '../brief-text.ts';
import { describeModelConformance } from './model-conformance.ts';
import { sampleBrief } from './sample-brief.ts';
import { ScriptedModel } from './scripted-model.ts';

describeModelConformance('the scripted model', () =>
  Promise.resolve({
    model: new ScriptedModel([{ calls: [{ name: 'look', args: { at: 'rows' } }] }], 3),
    request: {
      system: 'You look.',
      messages: [{ role: 'user', text: renderBrief(sampleBrief) }],
      tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
      seed: 1,
      cacheKey: 'test',
    },
  }),
);
