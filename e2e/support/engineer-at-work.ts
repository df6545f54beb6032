/** An engineer behind a provider's interface, and the books of that provider: who asked for what, and what it cost. */
import { createHash } from 'node:crypto';
import { type Brief, readBrief } from '@modelwright/llm';
import {
  errorBody,
  type Provider,
  type ProviderAnswer,
  type ProviderRequest,
  type ProviderUsage,
  startProvider,
  UsageCount,
} from '@modelwright/llm/testing';
import { createEngineer } from '@modelwright/playbook/testing';
import { KEY, PRICE } from './models-file.ts';
import { withoutStatus } from './without-status.ts';

/** One request for an answer. */
export interface Visit {
  readonly number: number;
  readonly role: Brief['role'];
  /** The same whenever the same is asked: the conversation without what is left of the limits. */
  readonly question: string;
  /** Ids of the calls in the answer, which no other answer has. */
  readonly calls: string[];
  /** Null while there is no answer. Micro-USD. */
  price: number | null;
}

export interface AtWork {
  /** From then on every request is refused as by a server that is down; the one before it breaks off half way. */
  readonly outOfOrderAfter?: number;
  /** Before an answer is thought of. `silence`: there will be none. */
  meet?(visit: Visit): Promise<'answer' | 'silence'>;
  /** The answer is about to be sent. */
  answered?(visit: Visit): void;
}

export class EngineerAtWork implements AsyncDisposable {
  readonly url: string;
  readonly #books: Books;
  readonly #provider: Provider;

  private constructor(books: Books, provider: Provider) {
    this.url = provider.url;
    this.#books = books;
    this.#provider = provider;
  }

  static async start(work: AtWork = {}): Promise<EngineerAtWork> {
    const books = new Books(work);
    const { outOfOrderAfter = Number.POSITIVE_INFINITY } = work;
    const provider = await startProvider({
      key: KEY,
      answer: (request) => books.answer(request),
      usage: (request, answer) => books.charge(request, answer),
      fault: (number) => {
        if (number === outOfOrderAfter) return { kind: 'reset', afterEvents: 2 };
        const body = errorBody('The server is down for maintenance.', null, 'server_error');
        return number > outOfOrderAfter ? { kind: 'status', status: 503, body } : null;
      },
    });
    return new EngineerAtWork(books, provider);
  }

  get visits(): readonly Visit[] {
    return this.#books.visits;
  }

  /** What all answers cost, in micro-USD. */
  get bill(): number {
    return this.visits.reduce((sum, { price }) => sum + (price ?? 0), 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#provider[Symbol.asyncDispose]();
  }
}

/** What the provider knows. */
class Books {
  readonly visits: Visit[] = [];
  readonly #engineer = createEngineer({ clumsy: false });
  readonly #usage = new UsageCount();
  readonly #work: AtWork;

  constructor(work: AtWork) {
    this.#work = work;
  }

  async answer(request: ProviderRequest): Promise<ProviderAnswer> {
    const visit = visitOf(request);
    this.visits.push(visit);
    const wish = (await this.#work.meet?.(visit)) ?? 'answer';
    if (wish === 'silence') return await new Promise(() => undefined);
    const { text, calls } = await this.#engineer(request.conversation);
    const named = calls.map((call, index) => ({
      ...call,
      id: `call_${visit.question}_${visit.number}_${index}`,
    }));
    visit.calls.push(...named.map(({ id }) => id));
    this.#work.answered?.(visit);
    return { text, calls: named };
  }

  charge(request: ProviderRequest, answer: ProviderAnswer): ProviderUsage {
    const usage = this.#usage.count(request.conversation, answer);
    const visit = this.visits.find(({ number }) => number === request.number);
    if (visit !== undefined) visit.price = priceOf(usage);
    return usage;
  }
}

function visitOf({ number, conversation }: ProviderRequest): Visit {
  const { system, messages } = conversation;
  const question = createHash('sha256')
    .update(JSON.stringify([system, withoutStatus(messages)]))
    .digest('hex')
    .slice(0, 12);
  return { number, role: readBrief(messages).role, question, calls: [], price: null };
}

/** Micro-USD: US dollars per million tokens are micro-USD per token. Cached tokens are part of the input. */
function priceOf({ inputTokens, cachedTokens = 0, outputTokens }: ProviderUsage): number {
  const tenths = 10 * PRICE.input * (inputTokens - cachedTokens) + 10 * PRICE.cached_input * cachedTokens;
  return Math.ceil((tenths + 10 * PRICE.output * outputTokens) / 10);
}
