import { v7 } from 'uuid';

/** Crockford's base 32 in lower case, as TypeID uses it: no i, l, o, u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export type Prefix =
  'msg' | 'inb' | 'run' | 'exc' | 'att' | 'pst' | 'can' | 'rel' | 'row' | 'usr' | 'ses' | 'key' | 'aud' | 'apr' | 'cor' | 'req';

/** A new id: `msg_` and a UUIDv7 in 26 characters (TypeID 0.3). Ids sort by time and never contain `:` or only digits. */
export function newId(prefix: Prefix): string {
  const bytes = v7({}, new Uint8Array(16));
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i += 1) {
    text = alphabet[Number(value & 31n)]! + text;
    value >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** Does the text look like one of our ids? */
export const isId = (text: string, prefix?: Prefix): boolean =>
  (prefix ? new RegExp(`^${prefix}_[0-9a-z]{26}$`) : /^[a-z]{3}_[0-9a-z]{26}$/).test(text);
