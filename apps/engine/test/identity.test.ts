// Signing in: sessions that end at once, passwords that cannot be guessed through us, second factors, keys. Fault rows 66 to 70.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { BrowserCaller } from './browser-caller.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const admin = 'admin@waybill.local';
const sessionCookie = '__Host-waybill_session';
const deviceCookie = '__Host-waybill_device';
const password = 'seven green bicycles';

describe('identity', () => {
  let bench: Bench;
  let people = 0;
  const browser = () => new BrowserCaller(bench.api.url);
  const calm = () => bench.sql('delete from sign_in_failure');
  /** As if so many seconds had gone by for whoever has to wait. */
  const wait = (seconds: number) =>
    bench.sql(
      `update sign_in_failure set next_at = next_at - make_interval(secs => $1), updated_at = updated_at - make_interval(secs => $1)`,
      [seconds],
    );
  /** Whoever has had all free tries waits for ten minutes: on a busy machine the first seconds are over too soon to be looked at. */
  const hold = () => bench.sql("update sign_in_failure set next_at = now() + interval '10 minutes' where failures >= 5");
  const person = async (roles = ['viewer']) => {
    people += 1;
    const email = `person-${people}@example.org`;
    const { id } = await bench.api.call('createUser', { body: { email, name: `Person ${people}`, roles, password } });
    return { id, email };
  };
  const signedIn = async (email: string, secret = password) => {
    const window = browser();
    expect((await window.signIn(email, secret)).status).toBe(200);
    return window;
  };
  const actions = async (kind: string, id: string) =>
    (
      await bench.sql<{ action: string }>('select action from audit_entry where object_kind = $1 and object_id = $2 order by at, id', [
        kind,
        id,
      ])
    ).map(({ action }) => action);

  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench?.stop());
  beforeEach(calm);

  describe('a session', () => {
    it('has a token of its own after each sign-in, in a cookie that no script, no other site and no plain http gets', async () => {
      const { email } = await person();
      const window = browser();
      window.plant(sessionCookie, 'a-token-that-somebody-else-has-planted-here');
      const response = await window.signIn(email, password);
      const [line, device] = response.headers.getSetCookie();
      expect(line).toMatch(/^__Host-waybill_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      expect(device).toMatch(/^__Host-waybill_device=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
      const first = window.cookie(sessionCookie);
      expect((await window.signIn(email, password)).headers.getSetCookie()).toHaveLength(1); // the device is known now
      expect(window.cookie(sessionCookie)).not.toBe(first);
      const stored = JSON.stringify(await bench.sql('select * from session'));
      expect(stored).not.toContain(first);
      // In the address a token is nothing: not as a parameter, not as a key.
      expect((await fetch(`${bench.api.url}/v1/session?session=${first}`)).status).toBe(401);
      expect((await fetch(`${bench.api.url}/v1/session`, { headers: { authorization: `Bearer ${first}` } })).status).toBe(401);
    });

    const ends: [string, (their: { id: string; email: string; window: BrowserCaller }) => Promise<unknown>][] = [
      ['its person signs out', ({ window }) => window.call('DELETE', '/v1/session')],
      [
        'the password is changed',
        ({ window }) => window.call('POST', '/v1/session/password', { current: password, next: 'eight red bicycles' }),
      ],
      ['the roles change', ({ id }) => bench.api.call('changeUser', { params: { id }, body: { roles: ['ops'] } })],
      ['the user is disabled', ({ id }) => bench.api.call('changeUser', { params: { id }, body: { disabled: true } })],
      [
        'an administrator ends it',
        async ({ id }) => {
          const { items } = await bench.api.call('listSessions', { query: { user: id } });
          expect(items).toHaveLength(1);
          await bench.api.call('endSession', { params: { id: items[0]!.id } });
        },
      ],
      [
        'its person ends it from another browser',
        async ({ email }) => {
          const other = await signedIn(email);
          expect(await other.call('DELETE', '/v1/session/all')).toEqual({ ended: 1 });
          expect((await other.send('GET', '/v1/session')).status).toBe(200);
        },
      ],
    ];
    it.each(ends)('that was copied is worth nothing at the next request once %s', async (_, end) => {
      const { id, email } = await person();
      const window = await signedIn(email);
      const thief = browser();
      thief.plant(sessionCookie, window.cookie(sessionCookie)!);
      expect((await thief.send('GET', '/v1/session')).status).toBe(200);
      await end({ id, email, window });
      expect((await thief.send('GET', '/v1/session')).status).toBe(401);
    });

    it('goes on for whoever changes the password, under a new token', async () => {
      const { email } = await person();
      const window = await signedIn(email);
      const before = window.cookie(sessionCookie);
      await window.call('POST', '/v1/session/password', { current: password, next: 'eight red bicycles' });
      expect(window.cookie(sessionCookie)).not.toBe(before);
      expect(await window.call('GET', '/v1/session')).toMatchObject({ email });
    });

    it('ends when nobody uses it for half an hour, and after twelve hours in all', async () => {
      const { email } = await person();
      const window = await signedIn(email);
      const [{ hours }] = (await bench.sql<{ hours: number }>(
        'select extract(epoch from max(expires_at) - max(created_at))::float / 3600 as hours from session',
      )) as [{ hours: number }];
      expect(hours).toBeCloseTo(12, 2);
      const shift = (column: string, by: string) =>
        bench.sql(
          `update session s set ${column} = s.${column} - $2::interval from user_account u where u.id = s.user_id and u.email = $1`,
          [email, by],
        );
      await shift('last_seen_at', '29 minutes');
      expect((await window.send('GET', '/v1/session')).status).toBe(200);
      await shift('last_seen_at', '31 minutes');
      expect((await window.send('GET', '/v1/session')).status).toBe(401);
      const next = await signedIn(email);
      await shift('expires_at', '12 hours');
      expect((await next.send('GET', '/v1/session')).status).toBe(401);
    });

    it('is listed with where it began, and of others only to who may see them', async () => {
      const [one, two] = [await person(), await person()];
      const window = await signedIn(one.email);
      await signedIn(two.email);
      const { items } = (await window.call('GET', '/v1/session/all')) as {
        items: { id: string; current: boolean; address: string; email: string }[];
      };
      expect(items).toEqual([expect.objectContaining({ email: one.email, current: true, address: '127.0.0.1', method: 'password' })]);
      expect((await window.send('GET', '/v1/sessions')).status).toBe(403);
      const all = await bench.api.call('listSessions');
      const foreign = all.items.find((session) => session.email === two.email)!;
      expect(await window.problem('DELETE', `/v1/session/all/${foreign.id}`)).toMatchObject({ status: 404 });
    });
  });

  describe('guessing', () => {
    it('a hundred at the same time are not a hundred tries', async () => {
      const { email } = await person();
      const answers = await Promise.all(Array.from({ length: 100 }, () => browser().signIn(email, 'wrong, wrong, wrong')));
      // Five are free; a machine that takes seconds for the hundred lets those of the first waits through.
      expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(9);
      expect(answers.filter(({ status }) => ![401, 429, 503].includes(status))).toEqual([]);
    });

    it('has fewer than a hundred tries an hour for an account, each after a longer wait', async () => {
      const { email } = await person();
      const waits: number[] = [];
      let [tries, seconds] = [0, 0];
      while (seconds < 3_600) {
        const problem = await browser().signInProblem(email, 'wrong, wrong, wrong');
        if (problem.code === 'SIGN_IN_FAILED') tries += 1;
        else {
          waits.push(Number(problem.retryAfter));
          await wait(Number(problem.retryAfter));
          seconds += Number(problem.retryAfter);
        }
      }
      // What is told is what is left, which on a busy machine is a little less than the whole wait.
      expect(waits.every((one, at) => at === 0 || one >= Math.min(waits[at - 1]!, 800))).toBe(true);
      expect(waits.at(-1)).toBeGreaterThan(800);
      expect(tries).toBeGreaterThan(10);
      expect(tries).toBeLessThanOrEqual(20);
      await hold();
      expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
    });

    it('leaves the owner in from a device that signed in before, and counts that device alone', async () => {
      const { email } = await person();
      const owner = await signedIn(email);
      const somebody = await person();
      const elsewhere = await signedIn(somebody.email);
      for (let n = 0; n < 12; n += 1) await browser().signIn(email, 'wrong, wrong, wrong');
      await hold();
      expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
      expect((await owner.signIn(email, password)).status).toBe(200);
      // Another's device is no device of this account, and a guess from the owner's is counted there.
      const other = browser();
      other.plant(deviceCookie, elsewhere.cookie(deviceCookie)!);
      expect(await other.signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
      for (let n = 0; n < 12; n += 1) await owner.signIn(email, 'wrong, wrong, wrong');
      await hold();
      expect(await owner.signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
      // That the owner came in freed nobody else.
      expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
    });

    it('many names from one address is slowed down, and pushes no count out', async () => {
      const { email } = await person();
      while ((await browser().signInProblem(email, 'wrong, wrong, wrong')).code !== 'SIGN_IN_THROTTLED');
      await wait(1);
      const answers: number[] = [];
      for (let n = 0; n < 30; n += 1) answers.push((await browser().signIn(`nobody-${n}@example.org`, 'wrong, wrong, wrong')).status);
      expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(20);
      // Ten thousand names, as if from ten thousand addresses.
      await bench.sql(
        `insert into sign_in_failure (subject, failures, next_at) select 'account ' || encode(sha256(n::text::bytea), 'hex'), 1, now() from generate_series(1, 10000) n`,
      );
      await bench.sql("update sign_in_failure set failures = 12, next_at = now() + interval '100 seconds' where failures > 3");
      expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
    });

    it('takes as long for a name that nobody has', async () => {
      const { email } = await person();
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      const told = new Set<string>();
      for (let round = 0; round < 12; round += 1)
        for (const [kind, name] of [
          ['known', email],
          ['unknown', `nobody-${round}@example.org`],
        ] as const) {
          await calm();
          const window = browser();
          const began = performance.now();
          const { status, code, detail, remedy } = await window.signInProblem(name, 'wrong, wrong, wrong');
          times[kind].push(performance.now() - began);
          told.add(JSON.stringify({ status, code, detail, remedy }));
        }
      expect(told.size).toBe(1);
      const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
      // A hash that is not made shows as a factor of ten or more; a busy machine as less than two.
      expect(median(times.known) / median(times.unknown)).toBeGreaterThan(0.5);
      expect(median(times.known) / median(times.unknown)).toBeLessThan(2);
    });

    it('of the password by whoever holds a session is slowed down, too', async () => {
      const { email } = await person();
      const window = await signedIn(email);
      const codes: string[] = [];
      for (let n = 0; n < 8; n += 1) {
        codes.push((await window.problem('POST', '/v1/session/password', { current: 'wrong, wrong', next: 'eight red bicycles' })).code);
        await hold();
      }
      expect(codes[0]).toBe('PASSWORD_WRONG');
      expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
      expect((await window.send('GET', '/v1/session')).status).toBe(200);
    });
  });

  describe('a password', () => {
    it.each([
      ['short', 'has fewer than 12'],
      ['password1234', 'guessed first'],
      ['Qwertyuiop2026!', 'guessed first'],
      ['iloveyouiloveyou', 'guessed first'],
      ['aaaaaaaaaaaaaaaa', 'repeats'],
      ['123456789012', 'guessed first'],
      ['abcdefghijklmnop', 'row'],
      ['weak@example.org', 'e-mail'],
    ])('%s is refused with the reason', async (weak, why) => {
      const problem = await bench.api.problem('createUser', {
        body: { email: 'weak@example.org', name: 'Weak', roles: ['viewer'], password: weak },
      });
      expect(problem).toMatchObject({ status: 422, code: 'PASSWORD_WEAK', path: '/password', detail: expect.stringContaining(why) });
    });

    it('is hashed with the cost of today, and a cheaper hash is made anew at the next sign-in', async () => {
      const { id, email } = await person();
      const stored = async () =>
        (await bench.sql<{ password_hash: string }>('select password_hash from user_account where id = $1', [id]))[0]!.password_hash;
      expect(await stored()).toMatch(/^scrypt\$15\$3\$/);
      // What the first version stored: p=1, no costs in it.
      const { scryptSync } = await import('node:crypto');
      const salt = Buffer.alloc(16, 3);
      const key = scryptSync(password, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
      await bench.sql('update user_account set password_hash = $2 where id = $1', [
        id,
        `scrypt$${salt.toString('base64')}$${key.toString('base64')}`,
      ]);
      await signedIn(email);
      expect(await stored()).toMatch(/^scrypt\$15\$3\$/);
      await signedIn(email);
    });
  });

  describe('a second factor', () => {
    const codeOf = (secret: string, at = Date.now()) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
    /** The code of the step after this one, which is still taken, so that a test need not wait for the next half minute. */
    const next = (secret: string, steps = 1) => codeOf(secret, Date.now() + steps * 30_000);
    const enrolled = async () => {
      const who = await person();
      const window = await signedIn(who.email);
      const { secret, address } = (await window.call('POST', '/v1/session/second-factor', { current: password })) as {
        secret: string;
        address: string;
      };
      const { recoveryCodes } = (await window.call('POST', '/v1/session/second-factor/confirm', {
        code: codeOf(secret, Date.now() - 30_000),
      })) as {
        recoveryCodes: string[];
      };
      return { ...who, window, secret, address, recoveryCodes };
    };

    it('is in force once a code has confirmed it, and is sealed', async () => {
      const { id, email, secret, address, recoveryCodes } = await enrolled();
      expect(address).toContain(`otpauth://totp/Waybill:${encodeURIComponent(email)}?`);
      expect(new Set(recoveryCodes).size).toBe(10);
      expect(await browser().signInProblem(email, password)).toMatchObject({ status: 401, code: 'SECOND_FACTOR_NEEDED' });
      expect(await browser().signInProblem(email, 'wrong, wrong, wrong')).toMatchObject({ code: 'SIGN_IN_FAILED' });
      expect((await browser().signIn(email, password, codeOf(secret))).status).toBe(200);
      for (const table of ['secret', 'second_factor', 'recovery_code', 'audit_entry', 'user_account']) {
        const rows = JSON.stringify(await bench.sql(`select * from ${table}`));
        for (const hidden of [secret, ...recoveryCodes]) expect(rows).not.toContain(hidden);
      }
      expect(await actions('user', id)).toContain('second-factor.enrolled');
    });

    it('takes a code once, also of two requests at the same time', async () => {
      const { email, secret } = await enrolled();
      const code = codeOf(secret);
      const answers = await Promise.all([1, 2, 3].map(() => browser().signIn(email, password, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
      await calm();
      expect(await browser().signInProblem(email, password, code)).toMatchObject({ status: 403, code: 'SECOND_FACTOR_WRONG' });
      expect((await browser().signIn(email, password, next(secret))).status).toBe(200);
      expect(await browser().signInProblem(email, password, next(secret, 5))).toMatchObject({ code: 'SECOND_FACTOR_WRONG' });
    });

    it('gives way to a recovery code, once, however it is typed', async () => {
      const { email, id, recoveryCodes, window } = await enrolled();
      const typed = recoveryCodes[0]!.toUpperCase().replaceAll('-', ' ');
      expect((await browser().signIn(email, password, typed)).status).toBe(200);
      expect(await browser().signInProblem(email, password, typed)).toMatchObject({ code: 'SECOND_FACTOR_WRONG' });
      expect(await window.call('GET', '/v1/session/second-factor')).toMatchObject({ enrolled: true, recoveryCodesLeft: 9 });
      expect(await actions('user', id)).toContain('second-factor.recovery-code-used');
      const { recoveryCodes: fresh } = (await window.call('POST', '/v1/session/second-factor/recovery-codes', { current: password })) as {
        recoveryCodes: string[];
      };
      await calm();
      expect(await browser().signInProblem(email, password, recoveryCodes[1])).toMatchObject({ code: 'SECOND_FACTOR_WRONG' });
      expect((await browser().signIn(email, password, fresh[1])).status).toBe(200);
    });

    it('cannot be guessed: wrong codes are tries of the account', async () => {
      const { email } = await enrolled();
      const codes: string[] = [];
      for (let n = 0; n < 9; n += 1) {
        codes.push((await browser().signInProblem(email, password, String(100_000 + n))).code);
        await hold();
      }
      expect(codes[0]).toBe('SECOND_FACTOR_WRONG');
      expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
      // Asking for the code again, which the right password may, frees no try.
      expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_THROTTLED' });
    });

    it('is taken away with the password, or by an administrator, and both are written down', async () => {
      const one = await enrolled();
      expect(await one.window.problem('POST', '/v1/session/second-factor/remove', { current: 'wrong, wrong' })).toMatchObject({
        code: 'PASSWORD_WRONG',
      });
      await one.window.call('POST', '/v1/session/second-factor/remove', { current: password });
      expect((await browser().signIn(one.email, password)).status).toBe(200);
      expect(await actions('user', one.id)).toContain('second-factor.removed');
      const two = await enrolled();
      await bench.api.call('resetSecondFactor', { params: { id: two.id } });
      expect((await two.window.send('GET', '/v1/session')).status).toBe(401);
      expect((await browser().signIn(two.email, password)).status).toBe(200);
      expect(await actions('user', two.id)).toContain('second-factor.reset');
      expect(await bench.api.problem('resetSecondFactor', { params: { id: two.id } })).toMatchObject({ code: 'SECOND_FACTOR_STATE' });
    });
  });

  describe('a key', () => {
    it('may what its scope says and no more, and nobody makes one that may more than they may', async () => {
      const { value } = await bench.api.call('createApiKey', {
        body: { name: 'narrow', permissions: ['flow.read', 'access.write', 'access.read'] },
      });
      const narrow = bench.api.as(value);
      await narrow.call('listFlows');
      expect(await narrow.problem('listMessages')).toMatchObject({ status: 403 });
      expect(await narrow.problem('createApiKey', { body: { name: 'wider', permissions: ['flow.read', 'flow.write'] } })).toMatchObject({
        status: 403,
        code: 'RIGHTS_WIDER',
        detail: expect.stringContaining('flow.write'),
      });
      for (const act of [
        narrow.problem('createApiKey', { body: { name: 'wider', roles: ['admin'] } }),
        narrow.problem('createUser', { body: { email: 'eve@example.org', name: 'Eve', roles: ['admin'], password } }),
        narrow.problem('inviteUser', { body: { email: 'eve@example.org', name: 'Eve', roles: ['admin'] } }),
        narrow.problem('changeUser', { params: { id: (await person()).id }, body: { roles: ['admin'] } }),
        narrow.problem('createServiceAccount', { body: { name: 'wider', permissions: ['audit.read'] } }),
        narrow.problem('renewUserLink', {
          params: { id: (await bench.api.call('listUsers')).items.find(({ email }) => email === admin)!.id },
        }),
      ])
        expect(await act).toMatchObject({ status: 403, code: 'RIGHTS_WIDER' });
      const { items } = await bench.api.call('listApiKeys');
      const [admins] = items.filter(({ name }) => name === 'bootstrap');
      expect(
        await narrow.problem('rotateApiKey', { params: { id: admins!.id }, body: { oldUntil: new Date().toISOString() } }),
      ).toMatchObject({ code: 'RIGHTS_WIDER' });
      await narrow.call('createApiKey', { body: { name: 'as narrow', permissions: ['flow.read'] } });
    });

    it('is rotated: the old one lives until the time that was said, the new one has the same scope', async () => {
      const old = await bench.api.call('createApiKey', { body: { name: 'nightly', permissions: ['flow.read'] } });
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      const fresh = await bench.api.call('rotateApiKey', { params: { id: old.id }, body: { oldUntil: soon } });
      expect(fresh).toMatchObject({ name: 'nightly', permissions: ['flow.read'], value: expect.stringMatching(/^wb_[\w-]{43}$/) });
      for (const value of [old.value, fresh.value]) await bench.api.as(value).call('listFlows');
      expect(await bench.api.problem('rotateApiKey', { params: { id: old.id }, body: { oldUntil: soon } })).toMatchObject({
        code: 'KEY_ENDED',
      });
      expect((await bench.api.call('listApiKeys')).items.find(({ id }) => id === old.id)).toMatchObject({
        replacedBy: fresh.id,
        expiresAt: soon,
      });
      await bench.sql("update api_key set expires_at = now() - interval '1 second' where id = $1", [old.id]);
      expect(await bench.api.as(old.value).problem('listFlows')).toMatchObject({ status: 401 });
      await bench.api.as(fresh.value).call('listFlows');
      expect(await actions('api-key', old.id)).toEqual(['api-key.created', 'api-key.rotated']);
    });

    it('is refused within a second of its revocation, and so is every guess', async () => {
      const { id, value } = await bench.api.call('createApiKey', { body: { name: 'short', permissions: ['flow.read'] } });
      await bench.api.as(value).call('listFlows');
      const began = performance.now();
      await bench.api.call('revokeApiKey', { params: { id } });
      expect((await bench.api.as(value).send('listFlows')).status).toBe(401);
      expect(performance.now() - began).toBeLessThan(5_000); // two round trips; the answer does not wait for anything to expire
      const guesses = await Promise.all(
        Array.from({ length: 200 }, (_, n) => bench.api.as(`wb_${String(n).padStart(43, 'x')}`).send('listFlows')),
      );
      expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401]));
      const stored = JSON.stringify(await bench.sql('select * from api_key'));
      expect(stored).not.toContain(value);
    });

    it('says when it was used last, without the caller waiting for that', async () => {
      const { id, value } = await bench.api.call('createApiKey', { body: { name: 'used', permissions: ['flow.read'] } });
      await bench.api.as(value).call('listFlows');
      let last: string | null = null;
      for (let n = 0; n < 100 && last === null; n += 1) {
        last = (await bench.api.call('listApiKeys')).items.find((key) => key.id === id)!.lastUsedAt;
        await new Promise((done) => setTimeout(done, 50));
      }
      expect(last).not.toBeNull();
    });

    it('of a service account does what the account may, and stops with it', async () => {
      const account = await bench.api.call('createServiceAccount', {
        body: { name: 'warehouse', purpose: 'reads invoices', permissions: ['flow.read', 'canonical.read'] },
      });
      expect(
        await bench.api.problem('createApiKey', { body: { name: 'k', serviceAccountId: account.id, permissions: ['flow.write'] } }),
      ).toMatchObject({ code: 'RIGHTS_WIDER' });
      const { value } = await bench.api.call('createApiKey', { body: { name: 'k', serviceAccountId: account.id } });
      const program = bench.api.as(value);
      expect(await program.call('getSession')).toMatchObject({ name: 'warehouse (k)', permissions: ['canonical.read', 'flow.read'] });
      await bench.api.call('changeServiceAccount', { params: { id: account.id }, body: { permissions: ['canonical.read'] } });
      expect(await program.problem('listFlows')).toMatchObject({ status: 403 });
      await bench.api.call('changeServiceAccount', { params: { id: account.id }, body: { disabled: true } });
      expect(await program.problem('listFlows')).toMatchObject({ status: 401 });
      expect(await actions('service-account', account.id)).toEqual([
        'service-account.created',
        'service-account.changed',
        'service-account.changed',
      ]);
    });
  });

  it('users, keys and sessions come in pages, each once, and are found by a part of what names them', async () => {
    const made: Record<'user' | 'key' | 'session', string[]> = { user: [], key: [], session: [] };
    for (const n of [1, 2, 3]) {
      const email = `paged-${n}@example.org`;
      made.user.push((await bench.api.call('createUser', { body: { email, name: `Paged ${n}`, roles: ['viewer'], password } })).id);
      made.key.push((await bench.api.call('createApiKey', { body: { name: `paged ${n}`, roles: ['viewer'] } })).id);
      await signedIn(email);
      made.session.push((await bench.api.call('listSessions', { query: { user: made.user.at(-1)! } })).items[0]!.id);
    }
    type Ask = (query: { limit: number; cursor?: string; q?: string }) => Promise<{ items: { id: string }[]; next: string | null }>;
    const walk = async (ask: Ask, limit: number, q?: string) => {
      const [ids, sizes]: [string[], number[]] = [[], []];
      for (let cursor: string | undefined; ;) {
        const { items, next } = await ask({ limit, ...(cursor === undefined ? {} : { cursor }), ...(q === undefined ? {} : { q }) });
        ids.push(...items.map(({ id }) => id));
        sizes.push(items.length);
        if (next === null) return { ids, sizes };
        cursor = next;
      }
    };
    const lists: [Ask, string[], string][] = [
      [(query) => bench.api.call('listUsers', { query }), made.user, 'user_account'],
      [(query) => bench.api.call('listApiKeys', { query }), made.key.toReversed(), 'api_key'],
      [(query) => bench.api.call('listSessions', { query }), made.session.toReversed(), 'session where ended_at is null'],
    ];
    for (const [ask, own, rows] of lists) {
      expect(await walk(ask, 2, 'PAGED')).toEqual({ ids: own, sizes: [2, 1] });
      expect(await walk(ask, 2, '%')).toEqual({ ids: [], sizes: [0] });
      const all = await walk(ask, 3);
      expect(new Set(all.ids).size).toBe(all.ids.length);
      const [{ n }] = (await bench.sql<{ n: number }>(`select count(*)::int as n from ${rows}`)) as [{ n: number }];
      // Sessions that were idle for too long are not listed and have not ended.
      if (rows.startsWith('session')) expect(all.ids.length).toBeLessThanOrEqual(n);
      else expect(all.ids).toHaveLength(n);
    }
    const window = await signedIn('paged-1@example.org');
    const mine = (await window.call('GET', '/v1/session/all?limit=1')) as {
      items: { id: string; current: boolean }[];
      next: string | null;
    };
    expect(mine).toMatchObject({ items: [{ current: true }], next: expect.any(String) });
    const older = (await window.call('GET', `/v1/session/all?limit=1&cursor=${mine.next}`)) as typeof mine;
    expect(older).toMatchObject({ items: [{ id: made.session[0], current: false }], next: null });
    expect(await bench.api.problem('listUsers', { query: { cursor: 'WzFd' } })).toMatchObject({ code: 'REQUEST_INVALID', path: '/cursor' });
  });

  it('two administrators who disable each other leave one', async () => {
    const [one, two] = [await person(['admin']), await person(['admin'])];
    const { items } = await bench.api.call('listUsers', { query: { limit: 200 } });
    const others = items.filter(({ id, roles, disabled }) => roles.includes('admin') && !disabled && id !== one.id && id !== two.id);
    await bench.sql('update user_account set disabled_at = now() where id = any($1)', [others.map(({ id }) => id)]);
    try {
      const answers = await Promise.all(
        [one, two].map(({ id }) => bench.api.send('changeUser', { params: { id }, body: { disabled: true } })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    } finally {
      await bench.sql('update user_account set disabled_at = null where id = any($1)', [others.map(({ id }) => id)]);
    }
  });
});
