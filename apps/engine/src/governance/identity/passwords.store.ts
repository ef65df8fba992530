import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Problem } from '../../platform/problems/index.js';

/** scrypt with N=2^15, r=8, p=3 (OWASP password storage, scrypt row): 32 MB and some 180 ms a guess. */
const now = { logN: 15, p: 3 };
const memoryMax = 64 * 1024 * 1024;

/**
 * Hashing runs on the threads that also look up names and read files. Two at a time leave room for those; who would have to wait for fifty
 * others is told to come again.
 */
const atOnceMax = 2;
const waitingMax = 50;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < atOnceMax) running += 1;
  else if (waiting.length >= waitingMax) throw new Problem('UNAVAILABLE', 'Too many sign-ins at the same time.', { retryAfterSeconds: 2 });
  else await new Promise<void>((turn) => waiting.push(turn)); // the slot is handed on, not freed
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

const derive = (password: string, salt: Buffer, { logN, p }: typeof now): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, 32, { N: 2 ** logN, r: 8, p, maxmem: memoryMax }, (error, key) =>
      error ? fail(error) : done(key),
    ),
  );

/** `scrypt$15$3$salt$key`; the older form without the costs had p=1. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await inTurn(() => derive(password, salt, now));
  return ['scrypt', now.logN, now.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** The same work for an unknown user, so that time tells nothing. */
const nobody = ['scrypt', now.logN, now.p, Buffer.alloc(16).toString('base64'), Buffer.alloc(32).toString('base64')].join('$');

export async function passwordFits(password: string, hash: string | null | undefined): Promise<boolean> {
  const parts = (hash ?? nobody).split('$');
  const [salt, key] = parts.slice(-2).map((part) => Buffer.from(part, 'base64')) as [Buffer, Buffer];
  const cost = parts.length === 5 ? { logN: Number(parts[1]), p: Number(parts[2]) } : { logN: 15, p: 1 };
  return inTurn(async () => {
    const derived = await derive(password, salt, cost);
    // An older, cheaper hash takes as long as one of today, so that its age does not show who is known here.
    if (isOutdated(hash)) await derive(password, salt, { ...now, p: now.p - cost.p });
    return timingSafeEqual(derived, key) && typeof hash === 'string';
  });
}

/** Was it made with less work than is asked for now? Then it is made anew at the next sign-in. */
export const isOutdated = (hash: string | null | undefined): boolean => typeof hash === 'string' && hash.split('$').length === 3;
