/** An assignment in work: what is known of it, and the way to write down more. */
import type { Assignment, TurnRecord } from '@modelwright/contracts';
import type { Agent } from './agent.ts';
import { advance, type Progress, progressOf } from './core/progress.ts';
import type { Ports } from './ports.ts';

export class Desk {
  readonly assignment: Assignment;
  readonly agent: Agent;
  readonly ports: Ports;
  readonly #records: TurnRecord[];
  #progress: Progress;
  #treeIsReady = false;

  private constructor(assignment: Assignment, agent: Agent, ports: Ports, records: readonly TurnRecord[]) {
    this.assignment = assignment;
    this.agent = agent;
    this.ports = ports;
    this.#records = [...records];
    this.#progress = progressOf(records);
  }

  static async open(assignment: Assignment, agent: Agent, ports: Ports): Promise<Desk> {
    return new Desk(assignment, agent, ports, await ports.transcript.load());
  }

  get transcript(): readonly TurnRecord[] {
    return this.#records;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** False when somebody else has written: the assignment is theirs, and nothing more may be done here. */
  async append(record: TurnRecord): Promise<boolean> {
    if ((await this.ports.transcript.append(record)) === 'lost') return false;
    this.#records.push(record);
    this.#progress = advance(this.#progress, record);
    return true;
  }

  /** The files as of the last result, whatever an earlier worker left unrecorded. */
  async prepareTree(): Promise<void> {
    if (this.#treeIsReady) return;
    const { version, since } = this.#progress;
    await this.ports.tree?.restore(version, since ?? this.ports.now());
    this.#treeIsReady = true;
  }
}
