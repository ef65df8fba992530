// The table of moves: one in code, the same in SQL, and a trigger that refuses every other.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { mayMove, moves } from '../src/pipeline/states.js';
import { isFinal, messageStates } from '../src/pipeline/vocabulary.js';
import { startTestPostgres, type TestPostgres } from './test-postgres.js';

jest.setTimeout(60_000);

describe('moves of a message', () => {
  let postgres: TestPostgres;
  let owner: pg.Client;
  let app: pg.Client;
  beforeAll(async () => {
    postgres = await startTestPostgres();
    const database = await postgres.database();
    owner = new pg.Client({ connectionString: database.migrateUrl });
    app = new pg.Client({ connectionString: database.url });
    await Promise.all([owner.connect(), app.connect()]);
  });
  afterAll(async () => {
    await Promise.all([owner?.end(), app?.end()]);
    await postgres?.stop();
  });

  it('are the same pairs in code and in SQL', async () => {
    const { rows } = await owner.query<{ move: string }>("select from_state || ' ' || to_state as move from message_move order by 1");
    const inCode = messageStates.flatMap((from) => moves[from].map((to) => `${from} ${to}`));
    expect(rows.map((row) => row.move)).toEqual(inCode.sort());
  });

  it('lead out of no final state but by a replay', () => {
    expect(messageStates.filter((state) => isFinal(state) && moves[state].some((to) => to !== 'ready'))).toEqual([]);
    expect(moves.posted).toEqual([]);
  });

  it('that are not in the table are refused by the trigger, all of them', async () => {
    await owner.query(`insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, correlation_id, occurred_at)
      values ('msg_1', 'f', 'r', 0, 'k', 'k', '1', '\\x00', 'create', 'ready', 's', 'c', now())`);
    const wrong: string[] = [];
    for (const from of messageStates)
      for (const to of messageStates.filter((state) => state !== from)) {
        await owner.query('begin');
        await owner.query('alter table message disable trigger message_moves');
        await owner.query('update message set state = $1', [from]);
        await owner.query('alter table message enable trigger message_moves');
        const allowed = await owner.query('update message set state = $1', [to]).then(() => true, (error: { code?: string }) => (expect(error.code).toBe('23514'), false)); // prettier-ignore
        await owner.query('rollback');
        if (allowed !== mayMove(from, to)) wrong.push(`${from} to ${to}`);
      }
    expect(wrong).toEqual([]);
  });

  it('and the audit log are out of reach for the application role', async () => {
    for (const statement of [
      "insert into message_move values ('posted','ready')",
      'delete from message_move',
      "update audit_entry set summary = ''",
      'delete from audit_entry',
      'alter table message disable trigger message_moves',
      'drop table message',
    ])
      await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });
});
