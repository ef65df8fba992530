import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Console } from '../src/app/console.js';
import { createQueryClient } from '../src/app/query-client.js';
import { createConsoleRouter } from '../src/app/router.js';
import { createFakeEngine, type FakeEngine } from './fake-engine.js';

/** The whole console at an address, over an engine in memory. */
export function openConsole(address: string, engine: FakeEngine = createFakeEngine()) {
  globalThis.fetch = ((input: Request) => engine.fetch(input)) as typeof fetch;
  const queries = createQueryClient();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retry: false } });
  const router = createConsoleRouter(queries, createMemoryHistory({ initialEntries: [address] }));
  render(<Console queries={queries} router={router} env="test" />);
  return { engine, queries, router, person: userEvent.setup(), address: () => router.state.location.href };
}
