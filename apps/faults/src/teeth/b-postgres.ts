import { deliveriesRepeat } from './a-processes.js';
import type { Tooth } from './tooth.js';

const database = 'platform/database/database.js';
const inbox = 'intake/inbox.store.js';

/** PostgreSQL: rows 15 to 23. */
export const postgresTeeth: readonly Tooth[] = [
  {
    name: 'a commit does not wait for the disk',
    row: '15',
    replacements: [],
    sql: "do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$",
  },
  {
    name: 'the loss of a resting connection is nobody’s',
    row: '15',
    replacements: [{ file: database, find: "this.pool.on('error', options.onIdleError);", replace: '' }],
  },
  {
    name: 'a cut connection is an error like any other',
    row: '16',
    ofGroup: true,
    replacements: [
      { file: database, find: '(08|53|58|57P0[1-5]|57014', replace: '(08|53|58|57014' },
      { file: database, find: 'Connection terminated|', replace: '' },
    ],
  },
  { name: 'no unique key on deliveries', row: '17', ofGroup: true, ...deliveriesRepeat },
  {
    name: 'a full disk is an error like any other',
    row: '18',
    replacements: [{ file: database, find: '(08|53|58|57P0', replace: '(08|58|57P0' }],
  },
  {
    name: 'what could not be stored is acknowledged',
    row: '18',
    replacements: [
      {
        file: 'platform/database/group-commit.js',
        find: 'if (group.length === 1 || !this.options.mayBeOneBadItem(error))',
        replace: 'for (const { done } of group) done({ duplicate: false });\n            if (true)',
      },
    ],
  },
  {
    name: 'a deadlock is not tried again',
    row: '19',
    replacements: [{ file: database, find: "'40P01'", replace: "'none'" }],
  },
  {
    name: 'deliveries are found by a cursor',
    row: '20',
    replacements: [
      {
        file: inbox,
        find: "where state = 'new' and (due_at is null or due_at <= now()) order by received_at limit",
        replace:
          "where state = 'new' and received_at > coalesce((select max(received_at) from inbox where state = 'done'), '-infinity') order by received_at limit",
      },
    ],
  },
  {
    name: 'a caller waits for a connection as long as it takes',
    row: '21',
    replacements: [{ file: database, find: 'const waitForConnectionMs = 2_000;', replace: 'const waitForConnectionMs = 0;' }],
  },
  {
    name: 'health asks on the same connections',
    row: '21',
    replacements: [{ file: database, find: 'await this.aside.query(', replace: 'await this.pool.query(' }],
  },
  {
    name: 'a migration is not one transaction',
    row: '22',
    replacements: [
      { file: 'platform/database/migrate.js', find: "migrationsTransactionMode: 'each'", replace: "migrationsTransactionMode: 'none'" },
    ],
  },
  {
    name: 'a posting has another key each time',
    row: '23',
    replacements: [
      {
        file: 'pipeline/send/postings.store.js',
        find: 'key: postingKey(identity)\n                };\n            });\n            const unposted',
        replace:
          'key: postingKey(identity) + String(process.hrtime.bigint())\n                };\n            });\n            const unposted',
      },
    ],
  },
];
