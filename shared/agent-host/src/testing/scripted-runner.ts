/** Stands for a runner: answers each job by a script, once, by the protocol of the real one. */
import { type Bus, DONE, jobsConsumer } from '@modelwright/bus';
import {
  inboxSubject,
  type Job,
  type JobOutcome,
  type JobPriority,
  jobFinished,
  job as jobMessage,
  jobOutcome,
  jobOutcomeSubject,
} from '@modelwright/contracts';

export type ScriptedOutcome = Partial<
  Pick<JobOutcome, 'end' | 'reason' | 'exitCode' | 'output' | 'stdoutTail' | 'stderrTail' | 'wallSeconds'>
>;
export type JobScript = (job: Job) => ScriptedOutcome | Promise<ScriptedOutcome>;

export class ScriptedRunner {
  /** Jobs in the order of their first arrival. */
  readonly jobs: Job[] = [];
  /** How many messages came, repetitions included. */
  messages = 0;
  readonly #bus: Bus;
  readonly #script: JobScript;
  readonly #done: Promise<unknown>;

  constructor(bus: Bus, script: JobScript, signal: AbortSignal) {
    this.#bus = bus;
    this.#script = script;
    const consume = (priority: JobPriority) =>
      bus.streams.consume(
        jobsConsumer('cpu', priority),
        jobMessage,
        { concurrency: 50, signal },
        async ({ body }) => {
          await this.#execute(body);
          return DONE;
        },
      );
    this.#done = Promise.all([consume('high'), consume('normal')]);
  }

  get done(): Promise<unknown> {
    return this.#done;
  }

  async #execute(job: Job): Promise<void> {
    this.messages += 1;
    const subject = jobOutcomeSubject(job.run, job.id);
    const earlier = await this.#bus.streams.last('RESULTS', subject, jobOutcome);
    if (earlier === null) {
      if (!this.jobs.some(({ id }) => id === job.id)) this.jobs.push(job);
      const body = outcomeOf(job, await this.#script(job));
      const messageId = `outcome:${job.id}`;
      await this.#bus.streams.append({
        definition: jobOutcome,
        subject,
        body,
        messageId,
        run: job.run,
        expectedLast: 0,
      });
    }
    await this.#notify(job);
  }

  async #notify(job: Job): Promise<void> {
    const stored = await this.#bus.streams.last('RESULTS', jobOutcomeSubject(job.run, job.id), jobOutcome);
    if (stored === null) throw new Error(`${job.id} has no outcome`);
    const { run, end, reason, attempt, wallSeconds, output, isolation } = stored.body;
    const body = {
      type: 'job-finished' as const,
      ...{ run, job: job.id, end, reason, attempt, wallSeconds, output },
      isolation: isolation.level,
    };
    const messageId = `job-finished:${job.id}`;
    await this.#bus.streams.publish({
      definition: jobFinished,
      subject: inboxSubject(run),
      body,
      messageId,
      run,
    });
  }
}

function outcomeOf(job: Job, scripted: ScriptedOutcome): JobOutcome {
  return {
    job: job.id,
    run: job.run,
    attempt: 1,
    end: 'finished',
    reason: 'exit code 0',
    exitCode: 0,
    signal: null,
    runner: 'scripted',
    startedAt: 0,
    endedAt: 1000,
    wallSeconds: 1,
    cpuSeconds: 1,
    maxRssBytes: 0,
    isolation: { level: 'none', notes: [] },
    output: null,
    stdoutTail: '',
    stderrTail: '',
    exhausted: null,
    stopRule: null,
    use: null,
    assets: [],
    environment: null,
    ...scripted,
  };
}
