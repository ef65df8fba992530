import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchApiKey } from './site.js';
import type { UsageAsk, UsageTold } from './usage-load.js';

/** The process that sends usage to an engine. */
export interface UsageSender {
  send(what: Omit<UsageAsk, 'origin' | 'apiKey'>): Promise<UsageTold>;
  close(): void;
}

export function openUsageSender(origin: string): UsageSender {
  const load = fork(join(dirname(fileURLToPath(import.meta.url)), 'usage-load.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    async send(what) {
      const answer = once(load, 'message');
      load.send({ ...what, origin, apiKey: benchApiKey } satisfies UsageAsk);
      const [told] = (await answer) as [UsageTold | { failed: string }];
      if ('failed' in told) throw new Error(`the sender failed: ${told.failed}`);
      return told;
    },
    close: () => load.disconnect(),
  };
}
