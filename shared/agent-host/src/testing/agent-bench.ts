/** One run on a test farm: who sends its assignments, who executes its jobs, who serves its roles. */
import type { BusUser } from '@modelwright/bus';
import type { Role, RunId } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import type { AgentRole } from '../agent-role.ts';
import { RunActorDouble } from './run-actor-double.ts';
import { type JobScript, ScriptedRunner } from './scripted-runner.ts';
import { serveScripted } from './scripted-service.ts';
import type { TestFarm } from './test-farm.ts';

export class AgentBench implements AsyncDisposable {
  readonly run: RunId;
  readonly actor: RunActorDouble;
  /** How far the clock of whoever is served is ahead, milliseconds. */
  ahead = 0;
  readonly #farm: TestFarm;
  readonly #leaving = new AbortController();
  readonly #running: Promise<unknown>[] = [];

  constructor(farm: TestFarm, run: RunId) {
    this.run = run;
    this.#farm = farm;
    this.actor = new RunActorDouble(farm.bus, run, this.#leaving.signal);
    this.#running.push(this.actor.done);
  }

  /** Everybody leaves, as at the end of a process; resolves when they have. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#running);
  }

  runner(script: JobScript): ScriptedRunner {
    const runner = new ScriptedRunner(this.#farm.bus, script, this.#leaving.signal);
    this.#running.push(runner.done);
    return runner;
  }

  /** With the permissions of its role. */
  serve<Work>(role: AgentRole<Work>, model: Model, name = 'first'): void {
    const { logger, folder } = this.#farm;
    const now = () => Date.now() + this.ahead;
    const serving = this.#farm
      .busOf(userOf(role.role))
      .then((bus) =>
        serveScripted(role, { bus, logger, home: folder.path, name, model, now }, this.#leaving.signal),
      );
    this.#running.push(serving);
  }
}

function userOf(role: Role): BusUser {
  return role === 'designer' || role === 'coder' || role === 'tuner' ? role : 'manager';
}
