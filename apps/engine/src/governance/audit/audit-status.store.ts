import { Inject, Injectable } from '@nestjs/common';
import { Database, type Row } from '../../platform/database/index.js';
import { meters } from '../../platform/telemetry/index.js';
import type { SealKey } from './seal.js';
import { SEAL_KEY } from './seal-key.store.js';

export interface AuditStatus {
  lastSeal: { number: number; lastSeq: number; sealedAt: string; hash: string; publicKey: string } | null;
  unsealed: number;
  /** Age of the oldest entry that waits for a seal; 0 when none does. */
  lagSeconds: number;
  copies: {
    place: string;
    address: string;
    upTo: number;
    behind: number;
    at: string | null;
    trouble: string | null;
    troubleSince: string | null;
  }[];
  /** The key of this process, with which exports are signed. */
  publicKey: string;
}

const lagSecondsMax = 10;
const troubleSecondsMax = 60;

/** How far the audit log is sealed, and its seals are outside. */
@Injectable()
export class AuditStatusStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(SEAL_KEY) private readonly key: SealKey,
  ) {}

  async status(): Promise<AuditStatus> {
    const [rows, copies] = await Promise.all([
      this.db.query<Row>(
        `select (select count(*)::int from audit_unsealed) as unsealed,
           coalesce((select greatest(0, extract(epoch from clock_timestamp() - e.at)) from audit_unsealed u join audit_entry e on e.id = u.entry_id order by u.arrival limit 1), 0)::float8 as lag,
           s.number, s.last_seq, s.sealed_at, s.hash, s.public_key
         from (select 1) as one left join lateral (select * from audit_seal order by number desc limit 1) s on true`,
      ),
      this.db.query<Row>('select * from audit_copy order by place'),
    ]);
    const row = rows[0]!;
    const last = row['number'] === null ? 0 : Number(row['number']);
    const status: AuditStatus = {
      lastSeal:
        row['number'] === null
          ? null
          : {
              number: last,
              lastSeq: Number(row['last_seq']),
              sealedAt: (row['sealed_at'] as Date).toISOString(),
              hash: (row['hash'] as Buffer).toString('hex'),
              publicKey: (row['public_key'] as Buffer).toString('hex'),
            },
      unsealed: row['unsealed'] as number,
      lagSeconds: Math.round((row['lag'] as number) * 10) / 10,
      copies: copies.map((copy) => ({
        place: copy['place'] as string,
        address: copy['address'] as string,
        upTo: Number(copy['up_to']),
        behind: Math.max(0, last - Number(copy['up_to'])),
        at: iso(copy['at']),
        trouble: copy['trouble'] as string | null,
        troubleSince: iso(copy['trouble_since']),
      })),
      publicKey: this.key.publicKey,
    };
    meters.auditUnsealed.set(status.unsealed);
    meters.auditLag.set(status.lagSeconds);
    for (const { place, behind } of status.copies) meters.auditCopyBehind.set({ place }, behind);
    return status;
  }

  /** What a person should look at, as sentences. */
  async warnings(now: Date): Promise<string[]> {
    const { lagSeconds, unsealed, lastSeal, publicKey, copies } = await this.status();
    const warnings: string[] = [];
    if (lagSeconds > lagSecondsMax)
      warnings.push(
        `${unsealed} audit entr${unsealed === 1 ? 'y waits' : 'ies wait'} for a seal, the oldest for ${Math.round(lagSeconds)} s: no process with the role scheduler seals, or it cannot.`,
      );
    for (const { place, address, behind, trouble, troubleSince } of copies) {
      if (trouble === null || troubleSince === null || (now.getTime() - Date.parse(troubleSince)) / 1_000 < troubleSecondsMax) continue;
      warnings.push(
        `Seals of the audit log do not reach ${place === 'file' ? 'the file ' : ''}${address} (${trouble}); ${behind} wait and will be carried later.`,
      );
    }
    if (lastSeal !== null && lastSeal.publicKey !== publicKey)
      warnings.push(
        'This process signs with another key than the last seal of the audit log: give all processes the same WAYBILL_SEAL_KEY.',
      );
    return warnings;
  }
}

const iso = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
