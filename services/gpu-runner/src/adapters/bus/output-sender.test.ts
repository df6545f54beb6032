/** The exact sending of output, on a stream that loses answers, and with processes that die at any point. */
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TransientFailure } from '@modelwright/bus';
import type { StopRule } from '@modelwright/contracts';
import { temporaryFolder } from '@modelwright/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleJob } from '../../testing/samples.ts';
import { TelemetryDouble } from '../../testing/telemetry-double.ts';
import { AttemptFolder } from '../disk/attempt-folder.ts';
import { OutputSender } from './output-sender.ts';

const value = (step: number, what: unknown = step) =>
  `${JSON.stringify({ step, name: 'loss', value: what, time: 1 })}\n`;

class Stage implements AsyncDisposable {
  readonly telemetry = new TelemetryDouble();
  readonly folder: AttemptFolder;
  readonly #temporary: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly #stopRules: StopRule[];
  now = 0;

  private constructor(temporary: Awaited<ReturnType<typeof temporaryFolder>>, stopRules: StopRule[]) {
    this.#temporary = temporary;
    this.#stopRules = stopRules;
    this.folder = new AttemptFolder(temporary.path, 1);
  }

  static async open(stopRules: StopRule[] = []): Promise<Stage> {
    const stage = new Stage(await temporaryFolder(), stopRules);
    await mkdir(stage.folder.place('out'), { recursive: true });
    return stage;
  }

  /** As a process has it that was started just now. */
  sender(logBytes = 2 ** 20): OutputSender {
    const job = sampleJob({
      stopRules: this.#stopRules,
      limits: { ...sampleJob().limits, logBytes },
    });
    return new OutputSender({ streams: this.telemetry, job, clock: () => this.now }, this.folder);
  }

  async says(first: number, count: number): Promise<void> {
    const lines = Array.from({ length: count }, (_, n) => `${first + n}\tline ${first + n}\n`);
    await appendFile(join(this.folder.path, 'stdout.log'), lines.join(''));
  }

  async measures(text: string): Promise<void> {
    await appendFile(join(this.folder.place('out'), 'metrics.jsonl'), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#temporary[Symbol.asyncDispose]();
  }
}

describe('what a program says and measures', () => {
  test('is stored once, line by line, though every answer may be lost and every process die', async () => {
    const turn = fc.record({
      said: fc.nat(5),
      measured: fc.nat(5),
      /** Whether the answers to the first, second… append of this turn are lost after, or before, it is stored. */
      faults: fc.array(fc.constantFrom('none', 'lost answer', 'lost request'), { maxLength: 3 }),
      restart: fc.boolean(),
      forget: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 12 }), async (turns) => {
        await using stage = await Stage.open();
        let [said, measured] = [0, 0];
        let sender = stage.sender();
        for (const { faults, restart, forget, ...next } of turns) {
          await stage.says(said, next.said);
          for (let n = 0; n < next.measured; n++) await stage.measures(value(measured + n));
          said += next.said;
          measured += next.measured;
          const before = await stage.folder.sent();
          stage.telemetry.faults = [...faults];
          stage.now += 500;
          await sender.send().catch((error: unknown) => expect(error).toBeInstanceOf(TransientFailure));
          // Killed after the sending and before it was written down.
          if (forget) await stage.folder.remember(before);
          if (restart || forget) sender = stage.sender();
        }
        stage.telemetry.faults = [];
        await sender.send().catch(() => undefined);
        await sender.sendRest();
        expect(stage.telemetry.lines('stdout')).toEqual(Array.from({ length: said }, (_, n) => n));
        expect(stage.telemetry.steps()).toEqual(Array.from({ length: measured }, (_, n) => n));
      }),
      { numRuns: 25 },
    );
  });

  test('goes on after the stream has discarded all there was of it', async () => {
    await using stage = await Stage.open();
    const sender = stage.sender();
    await stage.measures(value(0));
    await sender.send();
    stage.telemetry.discardAll();
    await stage.measures(value(1));
    await expect(sender.send()).rejects.toBeInstanceOf(TransientFailure);
    await sender.send();
    expect(stage.telemetry.steps()).toEqual([1]);
  });

  test('is glimpsed at once as much was sent as is kept, and its end is sent whole', async () => {
    await using stage = await Stage.open();
    const sender = stage.sender(100);
    let said = 0;
    for (let turn = 0; turn < 60; turn++) {
      await stage.says(said, 100);
      said += 100;
      stage.now += 500;
      await sender.send();
    }
    expect(stage.telemetry.lines('stdout').length).toBeLessThan(200);
    await stage.says(said, 100);
    await sender.sendRest();
    expect(stage.telemetry.lines('stdout').slice(-100)).toEqual(
      Array.from({ length: 100 }, (_, n) => said + n),
    );
  });

  test('meets a stop rule once, whichever process looks', async () => {
    await using stage = await Stage.open([{ kind: 'not-finite', metric: 'loss', times: 3 }]);
    await stage.measures(value(1, 'nan') + value(2, 'nan'));
    expect(await stage.sender().send()).toBeNull();
    await stage.measures(value(3, 'inf') + value(4));
    const met = 'stop rule: loss was not finite in 3 readings in a row (infinity at step 3)';
    expect(await stage.sender().send()).toBe(met);
    expect(await stage.sender().send()).toBe(met);
    expect(stage.telemetry.flags()).toEqual(['nan', 'nan', 'infinity']);
  });

  test('is left alone where another host has executed it', async () => {
    await using stage = await Stage.open();
    await stage.measures(value(0));
    await stage.sender().send();
    await rm(stage.folder.path, { recursive: true });
    expect(await stage.sender().sendRest()).toEqual([]);
    expect(stage.telemetry.steps()).toEqual([0]);
  });

  test('is read from a file that an older runner left', async () => {
    await using stage = await Stage.open();
    const position = { line: 2, headBytes: 0 };
    const old = { stdout: position, stderr: position, metrics: { bytes: 0, lines: 0 } };
    await writeFile(join(stage.folder.path, 'sent.json'), JSON.stringify(old));
    await stage.says(0, 4);
    await stage.sender().send();
    expect(stage.telemetry.lines('stdout')).toEqual([2, 3]);
  });
});
