import { eventually } from './eventually.js';
import type { Bench } from './test-bench.js';

export const connect = (bench: Pick<Bench, 'api'>, name: string, connector: string, settings: Record<string, unknown>) =>
  // A busy machine may have no connection to the database for two seconds; `eventually` asks again.
  eventually(() =>
    bench.api.call('putConnection', {
      params: { name },
      body: { connector, settings: { system: name, encryption: 'none', ...settings } },
    }),
  );

export type StreamShown = Awaited<ReturnType<typeof streamOf>>;

export async function streamOf(bench: Pick<Bench, 'api'>, connection: string) {
  const { items } = await bench.api.call('listUsageStreams', { query: { connection } });
  return items[0];
}

/** The state of the one stream of a connection, once it is as wanted. */
export const streamWhen = (bench: Pick<Bench, 'api'>, connection: string, wanted: (stream: NonNullable<StreamShown>) => boolean) =>
  eventually(async () => {
    const stream = await streamOf(bench, connection);
    return stream && wanted(stream) ? stream : undefined;
  });

/** Events of a source in the ledger, by their ids. */
export const idsOf = async (bench: Pick<Bench, 'sql'>, source: string): Promise<string[]> =>
  (await bench.sql<{ id: string }>('select id from usage_event where source = $1 order by id', [source])).map(({ id }) => id);

export const countOf = async (bench: Pick<Bench, 'sql'>, source: string): Promise<number> =>
  (await bench.sql<{ n: number }>('select count(*)::int as n from usage_event where source = $1', [source]))[0]!.n;

/** As a holder's lease ends when its process is gone for long enough. */
export const endLeases = (bench: Pick<Bench, 'sql'>) => bench.sql("update usage_stream set lease_until = '-infinity'");

/** Every stream comes to rest, so that what a test strikes next is its own. */
export async function pauseAll(bench: Pick<Bench, 'sql'>): Promise<void> {
  await bench.sql("update connection set state = 'paused'");
  await eventually(async () => (await bench.sql('select 1 from usage_stream where lease_until > now()')).length === 0);
}
