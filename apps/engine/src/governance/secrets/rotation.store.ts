import { Inject, Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/index.js';
import type { Actor } from '../../platform/http/index.js';
import { AuditStore } from '../audit/audit.store.js';
import { boundTo } from './envelope.js';
import { KEY_ENCRYPTION, type KeyEncryption } from './key-encryption.js';
import { unreadable, wrappedOf } from './secrets.store.js';

const batchMax = 100;

/** How many secrets each key encryption key seals. */
export interface KeyUse {
  kekId: string;
  current: boolean;
  secrets: number;
}

/**
 * Gives every data key to the current key encryption key; the secrets themselves stay as they are. It may run while everything works: whoever opens
 * a secret meanwhile finds it under the one key or the other, and both are there until the old one is taken away by hand.
 */
@Injectable()
export class KeyRotation {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(AuditStore) private readonly audit: AuditStore,
    @Inject(KEY_ENCRYPTION) private readonly keys: KeyEncryption,
  ) {}

  async uses(): Promise<KeyUse[]> {
    const current = await this.keys.currentId();
    const rows = await this.db.query<{ kekId: string; secrets: number }>(
      'select kek_id as "kekId", count(*)::int as secrets from secret group by kek_id order by kek_id',
    );
    return rows.map((row) => ({ ...row, current: row.kekId === current }));
  }

  /** Returns how many were given over. Throws SECRET_UNREADABLE at the first that does not open; what was done before stays done. */
  async rotate(actor: Actor, tell: (done: number) => void = () => undefined): Promise<number> {
    const current = await this.keys.currentId();
    let done = 0;
    for (;;) {
      const moved = await this.db.transaction((tx) => this.batch(tx, current, actor));
      if (moved === 0) return done;
      done += moved;
      tell(done);
    }
  }

  private async batch(tx: Tx, current: string, actor: Actor): Promise<number> {
    const rows = await tx.query<Parameters<typeof wrappedOf>[0] & { owner: string; field: string }>(
      'select owner, field, wrapped_key, wrap_nonce, wrap_tag, kek_id from secret where kek_id <> $1 order by owner, field limit $2 for update',
      [current, batchMax],
    );
    if (rows.length === 0) return 0;
    for (const row of rows) {
      const bound = boundTo(row.owner, row.field);
      const dataKey = await this.keys.unwrap(wrappedOf(row), bound).catch((error: unknown) => {
        throw unreadable(row, error);
      });
      const wrapped = await this.keys.wrap(dataKey, bound);
      await tx.query('update secret set wrapped_key = $3, wrap_nonce = $4, wrap_tag = $5, kek_id = $6 where owner = $1 and field = $2', [
        row.owner,
        row.field,
        wrapped.ciphertext,
        wrapped.nonce,
        wrapped.tag,
        wrapped.kekId,
      ]);
    }
    const from = [...new Set(rows.map((row) => row.kek_id))];
    await this.audit.record(tx, actor, {
      action: 'secret.key-rotated',
      object: { kind: 'master-key', id: current },
      summary: `${rows.length} ${rows.length === 1 ? 'secret was' : 'secrets were'} given to the master key ${current}`,
      before: { masterKeys: from },
      after: { masterKey: current, secrets: rows.map(({ owner, field }) => `${owner} ${field}`) },
    });
    return rows.length;
  }
}
