import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Database, type Sql } from '../../platform/database/index.js';

export const MASTER_KEY = Symbol('master key');

interface Sealed {
  ciphertext: Buffer;
  nonce: Buffer;
  tag: Buffer;
}

/**
 * Secrets at rest: AES-256-GCM with a data key per secret, itself sealed by the master key. Owner and field are authenticated
 * with the value, so a ciphertext moved to another connection does not open.
 */
@Injectable()
export class SecretStore {
  private readonly kekId: string;

  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(MASTER_KEY) private readonly masterKey: Buffer,
  ) {
    this.kekId = createHash('sha256').update('waybill-kek').update(masterKey).digest('hex').slice(0, 16);
  }

  async put(tx: Sql, owner: string, values: Record<string, string>): Promise<void> {
    for (const [field, value] of Object.entries(values)) {
      const dataKey = randomBytes(32);
      const sealed = seal(dataKey, Buffer.from(value, 'utf8'), aad(owner, field));
      const wrapped = seal(this.masterKey, dataKey, aad(owner, field));
      await tx.query(
        `insert into secret (owner, field, ciphertext, nonce, tag, wrapped_key, wrap_nonce, wrap_tag, kek_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9)
         on conflict (owner, field) do update set ciphertext = excluded.ciphertext, nonce = excluded.nonce, tag = excluded.tag, wrapped_key = excluded.wrapped_key,
           wrap_nonce = excluded.wrap_nonce, wrap_tag = excluded.wrap_tag, kek_id = excluded.kek_id, set_at = now()`,
        [owner, field, sealed.ciphertext, sealed.nonce, sealed.tag, wrapped.ciphertext, wrapped.nonce, wrapped.tag, this.kekId],
      );
    }
  }

  /** The secrets of one owner, opened. Only for the code that talks to the outside; never for an answer. */
  async open(owner: string, sql: Sql = this.db): Promise<Record<string, string>> {
    const rows = await sql.query<{
      field: string;
      ciphertext: Buffer;
      nonce: Buffer;
      tag: Buffer;
      wrapped_key: Buffer;
      wrap_nonce: Buffer;
      wrap_tag: Buffer;
      kek_id: string;
    }>('select * from secret where owner = $1', [owner]);
    return Object.fromEntries(
      rows.map((row) => {
        if (row.kek_id !== this.kekId)
          throw new Error(
            `the secret ${row.field} of ${owner} was sealed with another master key (${row.kek_id}); set WAYBILL_MASTER_KEY to that key`,
          );
        const dataKey = unseal(
          this.masterKey,
          { ciphertext: row.wrapped_key, nonce: row.wrap_nonce, tag: row.wrap_tag },
          aad(owner, row.field),
        );
        return [row.field, unseal(dataKey, row, aad(owner, row.field)).toString('utf8')];
      }),
    );
  }

  async remove(tx: Sql, owner: string, ...fields: string[]): Promise<void> {
    await tx.query('delete from secret where owner = $1 and field = any($2)', [owner, fields]);
  }

  /** Which fields are set, and since when. */
  async known(owner: string): Promise<Record<string, string>> {
    const rows = await this.db.query<{ field: string; set_at: Date }>('select field, set_at from secret where owner = $1', [owner]);
    return Object.fromEntries(rows.map((row) => [row.field, row.set_at.toISOString()]));
  }
}

const aad = (owner: string, field: string): Buffer => Buffer.from(JSON.stringify([owner, field]));

function seal(key: Buffer, plain: Buffer, bound: Buffer): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { ciphertext, nonce, tag: cipher.getAuthTag() };
}

function unseal(key: Buffer, sealed: Sealed, bound: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce).setAAD(bound).setAuthTag(sealed.tag);
  return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
}
