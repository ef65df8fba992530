import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** A ciphertext of AES-256-GCM: 12 bytes of nonce, 16 of tag. */
export interface Sealed {
  ciphertext: Buffer;
  nonce: Buffer;
  tag: Buffer;
}

/** What is sealed opens only where the same owner and field are named: moved to another row it is as good as changed. */
export const boundTo = (owner: string, field: string): Buffer => Buffer.from(JSON.stringify([owner, field]));

/** `nonce` is used once with a key, ever. Pure. */
export function seal(key: Buffer, plain: Buffer, bound: Buffer, nonce: Buffer): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { ciphertext, nonce, tag: cipher.getAuthTag() };
}

/** Throws when one bit of it, of the key or of what it is bound to is another. */
export function unseal(key: Buffer, { ciphertext, nonce, tag }: Sealed, bound: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(bound).setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

/** By what a key is known without being shown: 16 digits of a hash. */
export const idOfKey = (key: Buffer): string => createHash('sha256').update('waybill-kek').update(key).digest('hex').slice(0, 16);
