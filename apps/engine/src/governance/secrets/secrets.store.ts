import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Database, type Sql } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';
import { knownSecrets } from '../../platform/telemetry/index.js';
import { boundTo, seal, unseal } from './envelope.js';
import { KEY_ENCRYPTION, UnknownKey, type KeyEncryption, type WrappedKey } from './key-encryption.js';

interface SecretRow {
  owner: string;
  field: string;
  ciphertext: Buffer;
  nonce: Buffer;
  tag: Buffer;
  wrapped_key: Buffer;
  wrap_nonce: Buffer;
  wrap_tag: Buffer;
  kek_id: string;
}

/**
 * Secrets at rest: AES-256-GCM with a data key per secret, itself sealed by a key encryption key. Owner and field are authenticated with the value,
 * so a ciphertext moved to another connection does not open. Whatever is put or opened here is hidden from the log and from the words of others.
 */
@Injectable()
export class SecretStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(KEY_ENCRYPTION) private readonly keys: KeyEncryption,
  ) {}

  async put(tx: Sql, owner: string, values: Record<string, string>): Promise<void> {
    for (const [field, value] of Object.entries(values)) {
      knownSecrets.remember(value);
      const dataKey = randomBytes(32);
      const bound = boundTo(owner, field);
      const sealed = seal(dataKey, Buffer.from(value, 'utf8'), bound, randomBytes(12));
      const wrapped = await this.keys.wrap(dataKey, bound);
      await tx.query(
        `insert into secret (owner, field, ciphertext, nonce, tag, wrapped_key, wrap_nonce, wrap_tag, kek_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)
         on conflict (owner, field) do update set ciphertext = excluded.ciphertext, nonce = excluded.nonce, tag = excluded.tag, wrapped_key = excluded.wrapped_key,
           wrap_nonce = excluded.wrap_nonce, wrap_tag = excluded.wrap_tag, kek_id = excluded.kek_id, set_at = now()`,
        [owner, field, sealed.ciphertext, sealed.nonce, sealed.tag, wrapped.ciphertext, wrapped.nonce, wrapped.tag, wrapped.kekId],
      );
    }
  }

  /**
   * The secrets of one owner, opened. Only for the code that talks to the outside; never for an answer. Throws SECRET_UNREADABLE when one was sealed
   * with a key that is not here, or was changed or moved in the database.
   */
  async open(owner: string, sql: Sql = this.db): Promise<Record<string, string>> {
    const rows = await sql.query<SecretRow>('select * from secret where owner = $1', [owner]);
    return Object.fromEntries(await Promise.all(rows.map(async (row) => [row.field, await this.opened(row)] as const)));
  }

  async remove(tx: Sql, owner: string, ...fields: string[]): Promise<void> {
    await tx.query('delete from secret where owner = $1 and field = any($2)', [owner, fields]);
  }

  /** Which fields are set, and since when. */
  async known(owner: string, sql: Sql = this.db): Promise<Record<string, string>> {
    const rows = await sql.query<{ field: string; set_at: Date }>('select field, set_at from secret where owner = $1', [owner]);
    return Object.fromEntries(rows.map((row) => [row.field, row.set_at.toISOString()]));
  }

  /** The same of many owners at once, for a list of them. An owner without secrets has no entry. */
  async knownOfAll(owners: readonly string[]): Promise<Map<string, Record<string, string>>> {
    const rows = await this.db.query<{ owner: string; field: string; set_at: Date }>(
      'select owner, field, set_at from secret where owner = any($1)',
      [owners],
    );
    const all = new Map<string, Record<string, string>>();
    for (const { owner, field, set_at } of rows) all.set(owner, { ...all.get(owner), [field]: set_at.toISOString() });
    return all;
  }

  private async opened(row: SecretRow): Promise<string> {
    const bound = boundTo(row.owner, row.field);
    try {
      const value = unseal(await this.keys.unwrap(wrappedOf(row), bound), row, bound).toString('utf8');
      knownSecrets.remember(value);
      return value;
    } catch (error) {
      throw unreadable(row, error);
    }
  }
}

export const wrappedOf = (row: Pick<SecretRow, 'wrapped_key' | 'wrap_nonce' | 'wrap_tag' | 'kek_id'>): WrappedKey => ({
  ciphertext: row.wrapped_key,
  nonce: row.wrap_nonce,
  tag: row.wrap_tag,
  kekId: row.kek_id,
});

/** What is wrong with a secret that does not open, and what to do. */
export function unreadable({ owner, field }: { owner: string; field: string }, error: unknown): Problem {
  return error instanceof UnknownKey
    ? new Problem('SECRET_UNREADABLE', `The secret ${field} of ${owner} is ${error.message}.`, {
        remedy: 'Add that key to WAYBILL_MASTER_KEY, or to the key file, or enter the secret again.',
      })
    : new Problem('SECRET_UNREADABLE', `The secret ${field} of ${owner} was changed or moved in the database.`, {
        remedy: 'Find out who changed it, then enter the secret again.',
      });
}
