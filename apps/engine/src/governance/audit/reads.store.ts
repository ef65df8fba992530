import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { AuditStore } from './audit.store.js';

const againAfterMs = 15 * 60_000;
const rememberedMax = 10_000;

export interface Read {
  action: string;
  object: { kind: string; id: string };
  /** The end of the sentence "Ada looked at …". */
  what: string;
  /** What else makes it another reading of the same thing; is compared, and told to nobody. */
  otherwise?: string;
}

/**
 * Reads of business documents, which hold amounts and names: who looked at what. Committed before the answer leaves. A screen asks again and again, so
 * the same person and the same thing make one entry in a quarter of an hour, in each process for itself.
 */
@Injectable()
export class ReadLog {
  private readonly known = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
  ) {}

  note(actor: Actor, read: Read): Promise<void> {
    return this.noteAll(actor, [read]);
  }

  /** All of them in one transaction. */
  async noteAll(actor: Actor, reads: readonly Read[]): Promise<void> {
    const now = performance.now();
    const keyed = reads.map((read) => ({
      read,
      key: JSON.stringify([actor.kind, actor.id, read.action, read.object.kind, read.object.id, read.otherwise]),
    }));
    const told = keyed.filter(({ key }) => now - (this.known.get(key) ?? -Infinity) >= againAfterMs);
    if (told.length === 0) return;
    await this.db.transaction(async (tx) => {
      for (const {
        read: { action, object, what },
      } of told)
        await this.audit.record(tx, actor, { action, object, summary: `${actor.name} looked at ${what}` });
    });
    for (const { key } of told) {
      // The oldest goes first; what is forgotten makes one entry more.
      this.known.delete(key);
      if (this.known.size >= rememberedMax) this.known.delete(this.known.keys().next().value!);
      this.known.set(key, now);
    }
  }
}
