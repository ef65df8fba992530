import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { AuditStore } from './audit.store.js';

const againAfterMs = 15 * 60_000;
const rememberedMax = 10_000;

interface Read {
  action: string;
  object: { kind: string; id: string };
  /** The end of the sentence "Ada looked at …". */
  what: string;
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

  async note(actor: Actor, { action, object, what }: Read): Promise<void> {
    const key = JSON.stringify([actor.kind, actor.id, action, object.kind, object.id]);
    const now = performance.now();
    if (now - (this.known.get(key) ?? -Infinity) < againAfterMs) return;
    await this.db.transaction((tx) => this.audit.record(tx, actor, { action, object, summary: `${actor.name} looked at ${what}` }));
    // The oldest goes first; what is forgotten makes one entry more.
    this.known.delete(key);
    if (this.known.size >= rememberedMax) this.known.delete(this.known.keys().next().value!);
    this.known.set(key, now);
  }
}
