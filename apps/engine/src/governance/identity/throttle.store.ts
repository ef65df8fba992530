import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Database, type Sql, type Tx } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';

/** What tries are counted for, and how many are free before each next one has to wait twice as long as the one before. */
export interface Subject {
  name: string;
  triesFree: number;
}

const waitSecondsMax = 900;
/** Who has not tried for so long begins anew. */
const forgetAfter = '1 hour';
const keptFor = '1 day';
const endedKeptFor = '90 days';

const subject = (kind: string, value: string, triesFree: number): Subject => ({
  // A digest, so that a name as long as a letter takes no more room than any other.
  name: `${kind} ${createHash('sha256').update(value).digest('hex')}`,
  triesFree,
});

/**
 * Five free tries, then 1, 2, 4 … seconds up to 15 minutes: 18 tries in the first hour, whoever they come from. An address may be a whole
 * office behind one router, and has twenty.
 */
export const subjects = {
  account: (email: string) => subject('account', email.toLowerCase(), 5),
  device: (id: string) => subject('device', id, 5),
  address: (address: string) => subject('address', network(address), 20),
  /** A person who is signed in and is asked for the password or a code once more: whoever stole the session guesses no faster. */
  person: (userId: string) => subject('person', userId, 5),
  letter: (email: string) => subject('letter', email.toLowerCase(), 3),
  letterAddress: (address: string) => subject('letter-address', network(address), 20),
};

/** An IPv6 caller has a whole /64 to choose from. */
export function network(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .split('%')[0]!;
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('::') as [string, string | undefined];
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const groups = tail === undefined ? first : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':'); // prettier-ignore
}

/**
 * Tries are counted in the database, **before** the password is looked at, so that a hundred at the same time are not all "the first". Rows
 * leave by age alone: made-up names push nobody's count out.
 */
@Injectable()
export class ThrottleStore {
  constructor(@Inject(Database) private readonly db: Database) {}

  /** Takes a try of every subject, or of none and throws SIGN_IN_THROTTLED with the longest wait. */
  async take(wanted: readonly Subject[]): Promise<void> {
    await this.db.transaction(async (tx) => {
      let wait = 0;
      for (const one of wanted) wait = Math.max(wait, await takeOne(tx, one));
      if (wait > 0)
        throw new Problem('SIGN_IN_THROTTLED', `Too many tries; the next one is possible in ${wait} s.`, { retryAfterSeconds: wait });
    });
  }

  /** Like `take`, for whoever must not hear of it: may it be done? */
  async takeQuietly(one: Subject): Promise<boolean> {
    return (await takeOne(this.db, one)) === 0;
  }

  /** It was the right one: its try counts no more, and the tries of whom it proves nothing about stay. */
  async succeeded(tx: Tx, wanted: readonly Subject[], proven: readonly Subject[]): Promise<void> {
    await tx.query('update sign_in_failure set failures = greatest(failures - 1, 0), next_at = clock_timestamp() where subject = any($1)', [
      wanted.map(({ name }) => name),
    ]);
    await tx.query('delete from sign_in_failure where subject = any($1)', [proven.map(({ name }) => name)]);
  }

  /** Tries, and the sessions and links whose end is long past. */
  async forgetOld(): Promise<void> {
    await this.db.query(`delete from sign_in_failure where updated_at < now() - interval '${keptFor}'`);
    await this.db.query(`delete from session where coalesce(ended_at, expires_at) < now() - interval '${endedKeptFor}'`);
    await this.db.query(`delete from user_link where coalesce(ended_at, expires_at) < now() - interval '${endedKeptFor}'`);
  }
}

/** Zero, or the seconds to wait. The row's lock makes tries at the same time stand in line; each sees the count of the one before. */
async function takeOne(sql: Sql, { name, triesFree }: Subject): Promise<number> {
  const taken = await sql.query(
    `insert into sign_in_failure as f (subject, failures, next_at) values ($1, 1, clock_timestamp())
     on conflict (subject) do update set
       failures = case when f.updated_at < clock_timestamp() - interval '${forgetAfter}' then 1 else f.failures + 1 end,
       next_at = clock_timestamp() + case
         when f.updated_at < clock_timestamp() - interval '${forgetAfter}' or f.failures + 1 < $2 then interval '0'
         else interval '1 second' * least(power(2, least(f.failures + 1 - $2, 20)), ${waitSecondsMax}) end,
       updated_at = clock_timestamp()
     where f.next_at <= clock_timestamp() returning 1 as one`,
    [name, triesFree],
  );
  if (taken.length > 0) return 0;
  const [row] = await sql.query<{ wait: number }>(
    'select greatest(1, ceil(extract(epoch from next_at - clock_timestamp())))::int as wait from sign_in_failure where subject = $1',
    [name],
  );
  return row?.wait ?? 1;
}
