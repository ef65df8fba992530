import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import { Database, type Row, type Tx } from '../../platform/database/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { makeSeal, type LastSeal, type MadeSeal, type SealKey } from './seal.js';
import { SEAL_KEY } from './seal-key.store.js';

/** More wait for the next seal, which follows at once. */
export const sealEntriesMax = 1_000;
const leaderName = 'audit-sealer';
const leaseSeconds = 5;
const instant = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/**
 * The one who seals. Leadership is a row with an epoch; every seal is made under a lock of that row, so a process that stood still past its lease finds
 * another epoch there and seals nothing. That seals follow each other without a gap or a double is also held by their keys and a trigger.
 */
@Injectable()
export class SealerStore {
  private readonly holder = randomUUID();
  private epoch: string | undefined;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SEAL_KEY) private readonly key: SealKey,
  ) {}

  /** Takes or keeps the lead. */
  async lead(): Promise<boolean> {
    const [row] = await this.db.query<{ epoch: string }>(
      `insert into leader (name, epoch, holder, until) values ('${leaderName}', 1, $1, now() + interval '${leaseSeconds} seconds')
       on conflict (name) do update set holder = excluded.holder, until = excluded.until, epoch = case when leader.holder = excluded.holder then leader.epoch else leader.epoch + 1 end
       where leader.holder = excluded.holder or leader.until < now() returning epoch`,
      [this.holder],
    );
    this.epoch = row?.epoch;
    return row !== undefined;
  }

  /** Lets the next one in without waiting for the end of the lease. */
  async resign(): Promise<void> {
    if (this.epoch === undefined) return;
    await this.db.query(`update leader set until = '-infinity' where name = '${leaderName}' and holder = $1 and epoch = $2`, [
      this.holder,
      this.epoch,
    ]);
    this.epoch = undefined;
  }

  /** Seals what waits, the longest waiting first, up to a thousand entries. Returns how many; none when there are none, or the lead is lost. */
  async seal(): Promise<number> {
    const [waits] = await this.db.query('select 1 from audit_unsealed limit 1');
    if (!waits || this.epoch === undefined) return 0;
    const sealed = await this.db.transaction((tx) => this.sealIn(tx, this.epoch!));
    if (sealed === undefined) this.epoch = undefined;
    else if (sealed > 0) await failPoint('seal.committed');
    return sealed ?? 0;
  }

  private async sealIn(tx: Tx, epoch: string): Promise<number | undefined> {
    // Who stands still in here keeps the next one out for so long at most.
    await tx.query(`set local idle_in_transaction_session_timeout = '${leaseSeconds}s'`);
    // An export takes the same lock before it looks: what was sealed before its time is then committed, and it sees it.
    const [lead] = await tx.query<{ at: string }>(
      `update leader set until = clock_timestamp() + interval '${leaseSeconds} seconds' where name = '${leaderName}' and holder = $1 and epoch = $2
       returning to_char(clock_timestamp() at time zone 'utc', ${instant}) as at`,
      [this.holder, epoch],
    );
    if (!lead) return undefined;
    const entries = await tx.query<{ arrival: string; id: string; leaf: Buffer }>(
      'select u.arrival, e.id, e.leaf from audit_unsealed u join audit_entry e on e.id = u.entry_id order by u.arrival limit $1',
      [sealEntriesMax],
    );
    if (entries.length === 0) return 0;
    const seal = makeSeal(this.key, await lastSeal(tx), {
      log: randomBytes(16).toString('hex'),
      leaves: entries.map(({ leaf }) => leaf),
      sealedAt: lead.at,
    });
    await this.write(tx, seal, entries, epoch);
    await failPoint('seal.written');
    return entries.length;
  }

  private async write(
    tx: Tx,
    { body, text, hash, signature }: MadeSeal,
    entries: { arrival: string; id: string; leaf: Buffer }[],
    epoch: string,
  ) {
    await tx.query(
      `insert into audit_seal (number, first_seq, last_seq, sealed_at, epoch, previous, hash, body, signature, public_key) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
      [
        ...[body.number, body.firstSeq, body.lastSeq, body.sealedAt, epoch],
        ...[Buffer.from(body.previous, 'hex'), hash, text, signature, Buffer.from(this.key.publicKey, 'hex')],
      ],
    );
    await tx.query(
      `insert into audit_seal_entry (seal_seq, entry_id, seal, leaf) select $1 + n - 1, id, $2, leaf from unnest($3::text[], $4::bytea[]) with ordinality as e (id, leaf, n)`,
      [body.firstSeq, body.number, entries.map(({ id }) => id), entries.map(({ leaf }) => leaf)],
    );
    await tx.query('delete from audit_unsealed where arrival = any($1::bigint[])', [entries.map(({ arrival }) => arrival)]);
  }
}

async function lastSeal(tx: Tx): Promise<LastSeal | undefined> {
  const [row] = await tx.query<Row>('select number, last_seq, hash, body from audit_seal order by number desc limit 1');
  if (!row) return undefined;
  const { log } = JSON.parse(row['body'] as string) as { log: string };
  return { log, number: Number(row['number']), lastSeq: Number(row['last_seq']), hash: row['hash'] as Buffer };
}
