import type { Tooth } from './tooth.js';

const settle = 'pipeline/settle/settle.store.js';
const inbox = 'intake/inbox.store.js';
const sweeperOff = { file: 'scheduler.js', find: "this.once('sweep', ()=>this.work.sweep(this.leads));", replace: '' };
/** Whoever stores a webhook waits until the queue has taken the ring. */
const ringAwaited = {
  file: inbox,
  find: "if (rows.length > 0) this.bell.ring({\n            bell: 'inbox'\n        });",
  replace: "if (rows.length > 0) await this.bell.carrier.add([{ ring: { bell: 'inbox' }, delayMs: 0 }]);",
};

/** Every delivery is a new one, at the same time and later. */
export const deliveriesRepeat = {
  replacements: [
    {
      file: inbox,
      find: 'on conflict (connection, delivery_id) do nothing returning connection, delivery_id',
      replace: 'returning connection, delivery_id',
    },
  ],
  sql: withoutUniqueDeliveries(),
};

/** Processes and the queue: rows 1 to 14. */
export const processTeeth: readonly Tooth[] = [
  {
    name: 'in flight becomes ready when the lease ends',
    row: '1',
    ofGroup: true,
    replacements: [
      {
        file: 'pipeline/lanes/abandoned.store.js',
        find: "update message m set state = 'in_doubt', lease_until = null, crashes",
        replace: "update message m set state = 'ready', lease_until = null, crashes",
      },
      {
        file: 'pipeline/lanes/abandoned.store.js',
        find: "update posting set state = 'in_doubt'",
        replace: "update posting set state = 'rejected'",
      },
    ],
  },
  {
    name: 'nobody looks for leases that ended',
    row: '1b',
    replacements: [
      {
        file: 'pipeline/lanes/sweeper.store.js',
        find: '()=>this.abandoned.afterLease(),',
        replace: 'async ()=>({ released: 0, doubted: 0 }),',
      },
    ],
  },
  {
    name: 'no epoch in the update',
    row: '3',
    replacements: [{ file: settle, find: 'm.epoch = g.epoch and ', replace: '' }],
  },
  { name: 'a delivery that is there is stored again', row: '4', ...deliveriesRepeat },
  { name: 'sweeper off', row: '5', replacements: [sweeperOff] },
  { name: 'sweeper off, with a backlog', row: '5b', replacements: [sweeperOff] },
  {
    name: 'a Redis that went away is not tried again',
    row: '6',
    replacements: [
      {
        file: 'platform/queue/redis.js',
        find: 'const backAfterMs = (times)=>Math.min(200 * times, 2_000);',
        replace: 'const backAfterMs = ()=>null;',
      },
    ],
  },
  {
    name: 'the pulse of the queue reads and does not write',
    row: '7',
    replacements: [{ file: 'platform/queue/carrier.js', find: "await redis.set(pulseKey, '1', 'EX', 60);", replace: '' }],
  },
  {
    name: 'no look at the policy at the start',
    row: '8',
    replacements: [{ file: 'platform/queue/redis.js', find: 'if (evicts(policy)) throw', replace: 'if (false) throw' }],
  },
  {
    name: 'no look at the policy while it runs',
    row: '8',
    replacements: [{ file: 'platform/queue/doorbell.js', find: 'this.become(evicts(policy) ?', replace: 'this.become(false ?' }],
  },
  { name: 'a webhook waits for its ring', row: '9', replacements: [ringAwaited] },
  {
    name: 'what a silent worker holds is not taken over',
    row: '10',
    replacements: [
      {
        file: 'pipeline/lanes/sweeper.store.js',
        find: '()=>this.abandoned.afterLease(),',
        replace: 'async ()=>({ released: 0, doubted: 0 }),',
      },
    ],
  },
  {
    name: 'no lease on the lane, no lock on the rows',
    row: '11',
    replacements: [
      {
        file: 'pipeline/lanes/lanes.store.js',
        find: 'where lane.lease_until < now() and case when $5::bigint is null then lane.rung_until < now() else lane.epoch = $5 end',
        replace: 'where $5::bigint is null or true',
      },
      {
        file: 'pipeline/messages.store.js',
        find: 'm.seq limit $3 for update of m skip locked',
        replace: 'm.seq limit $3',
      },
    ],
  },
  {
    name: 'a stop does not wait for calls under way',
    row: '12',
    replacements: [{ file: 'serve.js', find: 'lanes.stop(drainMs),', replace: 'lanes.stop(1),' }],
  },
  {
    name: 'suspects are not taken alone',
    row: '13',
    replacements: [{ file: 'pipeline/lanes/lanes.worker.js', find: 'this.batch(visit, 1, true)', replace: 'this.batch(visit, 50, true)' }],
  },
  {
    name: 'whoever asks leads',
    row: '14',
    replacements: [
      {
        file: 'scheduler.js',
        find: 'where leader.holder = excluded.holder or leader.until < now() returning epoch',
        replace: 'returning epoch',
      },
    ],
  },
];

/** The unique key of deliveries, whatever its name. */
function withoutUniqueDeliveries(): string {
  return `do $$ declare name text; begin
    for name in select conname from pg_constraint where conrelid = 'inbox'::regclass and contype = 'u' loop
      execute format('alter table inbox drop constraint %I', name);
    end loop;
    for name in select indexrelid::regclass::text from pg_index where indrelid = 'inbox'::regclass and indisunique and not indisprimary loop
      execute 'drop index ' || name;
    end loop;
  end $$`;
}
