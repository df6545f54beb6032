import { describe, expect, it } from 'vitest';
import { situationOf } from '../../recipe/situation.ts';
import { coderBrief, pictureTask, tableTask, valueTask } from '../../testing/briefs.ts';
import { executedLines } from './executed.ts';

const PROGRAM = `import x

def build(task, config, seed):
    features = make(
        config["a"],
    )
    if not task.is_classification:
        return value(features)
    if task.image:
        features = pixels()
    if config["b"] < 1:
        features = less()
    return label(features)

def other():
    return 1
`.split('\n');

const executed = (task: typeof tableTask) =>
  executedLines(PROGRAM, situationOf(coderBrief({ task }))).map(
    ({ index, begins }) => `${begins ? '' : '.'}${index}`,
  );

describe('the lines that are certain to run', () => {
  it('end with the return that is taken', () => {
    expect(executed(valueTask)).toEqual(['3', '.4', '.5', '7']);
  });

  it('leave out blocks whose condition does not hold or is not known', () => {
    expect(executed(tableTask)).toEqual(['3', '.4', '.5', '12']);
    expect(executed(pictureTask)).toEqual(['3', '.4', '.5', '9', '12']);
  });
});
