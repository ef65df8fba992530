import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Settings } from '../../config/index.js';
import { Database, type Row } from '../../platform/database/index.js';
import { EgressClient } from '../../platform/egress/index.js';
import { failPoint } from '../../platform/failpoints/index.js';
import { engineActor } from '../../platform/http/index.js';
import { meters, type Logger } from '../../platform/telemetry/index.js';
import { LOGGER, SETTINGS } from '../../platform/tokens.js';
import { AuditStore } from './audit.store.js';
import { sealLine } from './seal.js';
import { SealFile, SealObjects, type SealCopy, type SealPlace, type SealPlaceAccess } from './seal-places.store.js';

const pauseSecondsMax = 60;

interface Progress {
  place: SealPlace;
  /** Not known before the first look. */
  upTo?: number;
  failures: number;
  under?: Promise<void>;
  /** Monotonic, in milliseconds. */
  nextAt: number;
}

/** Carries seals to places outside the database, in order, each place at its own pace. One that is away delays its copies and loses none. */
@Injectable()
export class SealCopies {
  private readonly progress: Progress[];

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(EgressClient) egress: EgressClient,
    @Inject(SETTINGS) settings: Settings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.progress = placesOf(settings, egress).map((place) => ({ place, failures: 0, nextAt: -Infinity }));
  }

  get places(): readonly SealPlace[] {
    return this.progress.map(({ place }) => place);
  }

  /** What is known about each place is asked for anew: somebody else may have carried meanwhile. */
  forget(): void {
    for (const progress of this.progress) delete progress.upTo;
  }

  /** Brings every place up to date, as far as it lets us. One that is slow is not asked twice, and keeps no other waiting. */
  async carry(leads: () => boolean): Promise<void> {
    await Promise.all(
      this.progress.map((progress) => (progress.under ??= this.carryTo(progress, leads).finally(() => delete progress.under))),
    );
  }

  private async carryTo(progress: Progress, leads: () => boolean): Promise<void> {
    if (performance.now() < progress.nextAt) return;
    const { place } = progress;
    try {
      progress.upTo ??= await this.begin(place);
      for (;;) {
        const copies = await this.after(progress.upTo, place.batchMax);
        if (copies.length === 0 || !leads()) break;
        await place.keep(copies);
        await failPoint('seal.copied');
        progress.upTo = copies.at(-1)!.number;
        await this.note(place, progress.upTo);
        meters.auditCopies.inc({ place: place.name, end: 'kept' }, copies.length);
      }
      if (progress.failures > 0)
        await this.db.query('update audit_copy set trouble = null, trouble_since = null where place = $1', [place.name]);
      progress.failures = 0;
    } catch (error) {
      await this.failed(progress, error as Error);
    }
  }

  private async failed(progress: Progress, error: Error): Promise<void> {
    const { place } = progress;
    progress.failures += 1;
    delete progress.upTo; // what the place has is not certain
    progress.nextAt = performance.now() + Math.min(pauseSecondsMax, 2 ** (progress.failures - 1)) * 1_000;
    meters.auditCopies.inc({ place: place.name, end: 'failed' });
    if (progress.failures === 1)
      this.log.warn({ event: 'audit-copy-waits', place: place.name, address: place.address, error: error.message });
    await this.db.query(
      `insert into audit_copy (place, address, trouble, trouble_since) values ($1, $2, $3, now())
       on conflict (place) do update set trouble = excluded.trouble, trouble_since = coalesce(audit_copy.trouble_since, now())`,
      [place.name, place.address, error.message.slice(0, 500)],
    );
  }

  /** The number of the last seal that the place has: by its own word where it can tell, else by our notes, which end with the address. */
  private async begin(place: SealPlace): Promise<number> {
    const noted = await this.noted(place);
    if (!place.newest) return noted;
    const newest = await place.newest();
    if (!newest) return 0;
    const [same] = await this.db.query('select 1 from audit_seal where number = $1 and hash = $2', [
      newest.number,
      Buffer.from(newest.hash, 'hex'),
    ]);
    if (same) return newest.number;
    await this.setBack(place, newest.number);
    return this.noted(place);
  }

  private async noted(place: SealPlace): Promise<number> {
    const [row] = await this.db.query<{ up_to: string }>('select up_to from audit_copy where place = $1 and address = $2', [
      place.name,
      place.address,
    ]);
    return Number(row?.up_to ?? 0);
  }

  /** The place knows seals that this database does not: a backup was restored, or somebody rewrote the log. The log goes on and says so. */
  private async setBack(place: SealPlace, number: number): Promise<void> {
    this.log.error({
      event: 'audit-set-back',
      place: place.name,
      address: place.address,
      seal: number,
      remedy: 'If a backup was restored, keep the file for the auditor. If not, find out who changed the database.',
    });
    await this.db.transaction((tx) =>
      this.audit.record(tx, engineActor, {
        action: 'audit.set-back',
        object: { kind: 'audit-copy', id: place.name },
        summary: `${place.address} knows seal ${number}, which this database does not have: it was restored from a backup, or rewritten`,
        after: { seal: number },
      }),
    );
  }

  private async after(number: number, limit: number): Promise<SealCopy[]> {
    const rows = await this.db.query<Row>(
      'select number, hash, body, signature from audit_seal where number > $1 order by number limit $2',
      [number, limit],
    );
    return rows.map((row) => ({
      number: Number(row['number']),
      hash: (row['hash'] as Buffer).toString('hex'),
      line: sealLine(row['body'] as string, row['signature'] as Buffer),
    }));
  }

  private async note(place: SealPlace, upTo: number): Promise<void> {
    await this.db.query(
      `insert into audit_copy (place, address, up_to, at) values ($1, $2, $3, now())
       on conflict (place) do update set address = excluded.address, up_to = excluded.up_to, at = excluded.at, trouble = null, trouble_since = null`,
      [place.name, place.address, upTo],
    );
  }
}

function placesOf(settings: Settings, egress: EgressClient): SealPlace[] {
  const { sealFile, sealUrl, sealAuthorization, sealS3 } = settings;
  const places: SealPlace[] = [];
  if (sealFile !== 'none') places.push(new SealFile(resolve(sealFile ?? join(settings.dataDir, 'audit-seals.jsonl')), sealInLine));
  if (sealUrl) {
    const access: SealPlaceAccess = sealS3
      ? { kind: 's3', ...sealS3 }
      : sealAuthorization
        ? { kind: 'header', authorization: sealAuthorization }
        : { kind: 'none' };
    places.push(new SealObjects(sealUrl, access, egress.bind({})));
  }
  return places;
}

/** Which seal a line of the file holds; nothing for a line that a crash cut short. The text between is exactly what was hashed. */
function sealInLine(line: string): { number: number; hash: string } | undefined {
  const text = /^\{"seal":(\{.*\}),"signature":"[0-9a-f]{128}"\}$/.exec(line)?.[1];
  if (text === undefined) return undefined;
  const { number } = JSON.parse(text) as { number: number };
  const hash = createHash('sha256')
    .update(Buffer.from([2]))
    .update(text)
    .digest('hex');
  return { number, hash };
}
