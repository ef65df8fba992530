import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of chance: nobody guesses it, so its hash needs no salt and no work. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the database keeps of a token. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
