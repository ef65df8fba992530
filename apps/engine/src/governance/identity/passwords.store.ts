import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt with N=2^15, r=8, p=1 (OWASP password storage, scrypt row): 32 MB and some 60 ms a guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, fail) => scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? fail(error) : done(key))));

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`;
}

/** The same work for an unknown user, so that time tells nothing. */
const nobody = `scrypt$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`;

export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  const [, salt, key] = (hash ?? nobody).split('$') as [string, string, string];
  const derived = await derive(password, Buffer.from(salt, 'base64'));
  return timingSafeEqual(derived, Buffer.from(key, 'base64')) && hash !== undefined;
}
