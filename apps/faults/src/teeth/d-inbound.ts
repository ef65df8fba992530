import { deliveriesRepeat } from './a-processes.js';
import type { Tooth } from './tooth.js';

const wakeUp: Tooth = {
  // The sweeper finds a missed wake-up a few seconds later, so it is kept from looking; with the lock the row stays green without it.
  name: 'wake-up lock off',
  row: 'W',
  replacements: [
    {
      file: 'pipeline/send/postings.store.js',
      find: "'select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 7) as hash from unnest($1::text[]) as key order by 1) as locks'",
      replace: "'select $1::text[]'",
    },
    {
      file: 'pipeline/lanes/sweeper.store.js',
      find: "m.state = 'waiting' and p.external_key = m.depends_on",
      replace: "false and m.state = 'waiting' and p.external_key = m.depends_on",
    },
  ],
};

export const inboundTeeth: readonly Tooth[] = [
  { name: 'a delivery id may come in twice', row: '37', ...deliveriesRepeat },
  {
    name: 'no unique index on the posting',
    row: '38',
    ofGroup: true,
    replacements: [
      {
        file: 'pipeline/send/postings.store.js',
        find: ' on conflict do nothing returning id, message_id',
        replace: ' returning id, message_id',
      },
    ],
    sql: `do $$ declare name text; begin
      for name in select conname from pg_constraint where conrelid = 'posting'::regclass and contype = 'u' loop
        execute format('alter table posting drop constraint %I', name);
      end loop;
      for name in select indexrelid::regclass::text from pg_index where indrelid = 'posting'::regclass and indisunique and not indisprimary loop
        execute 'drop index ' || name;
      end loop;
    end $$`,
  },
  {
    name: 'cursor committed before the records',
    row: '39',
    replacements: [
      {
        file: 'intake/poller.store.js',
        find: 'await tx.query(`insert into stream_cursor',
        replace: 'await this.db.query(`insert into stream_cursor',
      },
    ],
  },
  {
    name: 'a signature holds for ever',
    row: '43',
    replacements: [
      {
        package: 'connectors/http',
        file: 'webhook.js',
        find: 'if (!withinTolerance(Number(timestamp), now)) return',
        replace: 'if (false) return',
      },
    ],
  },
  {
    name: 'nobody looks at the clocks',
    row: '43',
    replacements: [{ file: 'assurance/skew.js', find: 'skewSecondsMax = 60', replace: 'skewSecondsMax = 60_000' }],
  },
  {
    name: 'a lease ends by the clock of whoever has it',
    row: '43',
    replacements: [
      {
        file: 'pipeline/messages.store.js',
        find: "set state = 'claimed', epoch = m.epoch + 1, lease_until = now() + $6 * interval '1 second'",
        replace:
          "set state = 'claimed', epoch = m.epoch + 1, lease_until = to_timestamp(${Date.now()} / 1000.0) + $6 * interval '1 second'",
      },
      {
        file: 'pipeline/messages.store.js',
        find: "update message m set lease_until = now() + $3 * interval '1 second' from unnest",
        replace: "update message m set lease_until = to_timestamp(${Date.now()} / 1000.0) + $3 * interval '1 second' from unnest",
      },
    ],
  },
  {
    name: 'the door lets in whatever comes',
    row: '44',
    replacements: [{ file: 'intake/hooks.store.js', find: 'if (!await this.backlog.hasRoom())', replace: 'if (false)' }],
  },
  wakeUp,
];

export const inboundControls: readonly Tooth[] = [
  { ...wakeUp, name: 'missed wake-ups not swept, lock on', replacements: [wakeUp.replacements[1]!] },
];
