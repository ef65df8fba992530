import pg from 'pg';
import { SteadyClient } from './steady-client.js';

/** Connections for the queue that lives in the same PostgreSQL, apart from the application's, so that neither waits for the other's. */
export function queuePool(url: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    Client: SteadyClient,
    // Where the queue's tables live; its statements do not name it.
    options: '-c search_path=bullmq',
    max: 8,
    connectionTimeoutMillis: 2_000,
    query_timeout: 20_000,
    keepAlive: true,
    application_name: 'waybill-queue',
  });
  pool.on('error', onError);
  return pool;
}
