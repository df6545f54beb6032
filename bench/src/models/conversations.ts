/** A run of an example in which the playbook answers behind a provider's interface: what was sent to it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBrief } from '@modelwright/llm';
import { startProvider, UsageCount } from '@modelwright/llm/testing';
import { createEngineer } from '@modelwright/playbook/testing';
import { exampleFolder, Laptop } from '../farm/laptop.ts';
import { type Sent, type Spoken, spokenBy } from './spoken.ts';

const LIMITS = ['--budget-minutes', '15', '--budget-usd', '50', '--seed', '7'];

export interface ConversationsWish {
  readonly example: string;
  readonly candidates: number;
  readonly trials: number;
}

export async function measureConversations(wish: ConversationsWish): Promise<Spoken[]> {
  const engineer = createEngineer({ clumsy: false });
  const count = new UsageCount();
  const sent: Sent[] = [];
  await using provider = await startProvider({
    answer: ({ conversation }) => engineer(conversation),
    usage: ({ conversation }, answer) => {
      const { tools, system, messages } = conversation;
      const usage = { cachedTokens: 0, ...count.count(conversation, answer) };
      const text = JSON.stringify([tools, system, ...messages]);
      sent.push({ role: readBrief(messages).role, text, ...usage });
      return usage;
    },
  });
  await using laptop = await Laptop.open();
  const model = { base_url: provider.url, api: 'chat', key_env: 'none', price: { input: 1, output: 4 } };
  const file = { models: { engineer: model }, roles: { default: ['engineer'] } };
  await writeFile(join(laptop.folder, 'modelwright.yaml'), JSON.stringify(file));
  const counts = ['--candidates', String(wish.candidates), '--trials', String(wish.trials)];
  await laptop.run(['run', exampleFolder(wish.example), ...counts, ...LIMITS]);
  return spokenBy(sent);
}
