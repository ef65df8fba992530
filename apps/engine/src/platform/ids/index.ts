import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Crockford's base 32 in lower case, as TypeID uses it: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export type Prefix =
  | 'msg'
  | 'inb'
  | 'run'
  | 'exc'
  | 'att'
  | 'pst'
  | 'can'
  | 'rel'
  | 'row'
  | 'usr'
  | 'ses'
  | 'dev'
  | 'lnk'
  | 'key'
  | 'sva'
  | 'aud'
  | 'apr'
  | 'cor'
  | 'req'
  | 'exp'
  | 'usm'
  | 'usl'
  | 'ucf'
  | 'urf'
  | 'era'
  | 'sel'
  | 'ctr'
  | 'gap'
  | 'chk'
  | 'drf'
  | 'edt'
  | 'alt'
  | 'ntc'
  | 'gcs'
  | 'viw'
  | 'cst'
  | 'syn';

/** Chance for many ids at once: asking the system costs more than the id. */
const pool = new Uint8Array(16 * 256);
let drawn = pool.length;

function chance(): Uint8Array {
  if (drawn === pool.length) {
    randomFillSync(pool);
    drawn = 0;
  }
  drawn += 16;
  return pool.subarray(drawn - 16, drawn);
}

/** A new id: `msg_` and a UUIDv7 in 26 characters (TypeID 0.3). Ids sort by time and never contain `:` or only digits. */
export function newId(prefix: Prefix): string {
  const bytes = v7({ random: chance() }, new Uint8Array(16));
  let text = `${prefix}_`;
  // 128 bits behind two zero bits are 26 groups of five.
  let bits = 0;
  let held = 2;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0x1fff;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += alphabet[(bits >> held) & 31]!;
    }
  }
  return text;
}

/** Does the text look like one of our ids? */
export const isId = (text: string, prefix?: Prefix): boolean =>
  (prefix ? new RegExp(`^${prefix}_[0-9a-z]{26}$`) : /^[a-z]{3}_[0-9a-z]{26}$/).test(text);
