// Invitations and new passwords by mail, against a real SMTP server; without one the administrator is the post. Links work once, for a while.
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { letters, write } from '../src/platform/mail/index.js';
import { BrowserCaller } from './browser-caller.js';
import { eventually } from './eventually.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(180_000);
const publicUrl = 'https://waybill.example.org';
const password = 'seven green bicycles';

/** A mail server that keeps what it takes, and refuses what is meant for `refused@…`. */
async function startPost() {
  const taken: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(address.startsWith('refused@') ? new Error('550 no such person') : undefined),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8').replace(/=\r\n/g, '').replaceAll('=3D', '='),
        });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as { port: number };
  return { url: `smtp://127.0.0.1:${port}`, taken, stop: () => new Promise<void>((done) => server.close(() => done())) };
}

describe('mail', () => {
  let post: Awaited<ReturnType<typeof startPost>>;
  let bench: Bench;
  let n = 0;
  const browser = () => new BrowserCaller(bench.api.url);
  const newEmail = () => `reader-${(n += 1)}@example.org`;
  const tokenIn = (text: string) => /\/welcome#([\w-]{43})/.exec(text)?.[1];
  const mailTo = async (email: string, count = 1) => {
    await eventually(() => post.taken.filter(({ to }) => to.includes(email)).length >= count, { what: `a mail to ${email}` });
    return post.taken.filter(({ to }) => to.includes(email)).at(-1)!.text;
  };
  const invited = async (roles = ['viewer']) => {
    const email = newEmail();
    const { user, mailed, link } = await bench.api.call('inviteUser', { body: { email, name: 'Grace', roles } });
    expect([mailed, link]).toEqual([true, null]);
    return { id: user.id, email, token: tokenIn(await mailTo(email))! };
  };
  const joined = async () => {
    const who = await invited();
    await browser().call('POST', '/v1/session/link/password', { token: who.token, password });
    return who;
  };

  beforeAll(async () => {
    post = await startPost();
    bench = await openBench({ settings: { smtpUrl: post.url, publicUrl, mailFrom: 'waybill@example.org' } });
  });
  afterAll(async () => {
    await bench?.stop();
    await post?.stop();
  });
  beforeEach(() => bench.sql('delete from sign_in_failure'));

  it('invites: the link leads to a password, once, and the token is nowhere but in the mail', async () => {
    const { email, token, id } = await invited();
    const text = await mailTo(email);
    expect(text).toContain(`${publicUrl}/welcome#${token}`);
    expect(text).toContain('From: Waybill <waybill@example.org>');
    for (const table of ['user_link', 'audit_entry', 'user_account'])
      expect(JSON.stringify(await bench.sql(`select * from ${table}`))).not.toContain(token);
    expect(await browser().signInProblem(email, '')).toMatchObject({ code: 'SIGN_IN_FAILED' });
    const window = browser();
    expect(await window.call('POST', '/v1/session/link', { token })).toEqual({ purpose: 'invitation', email, name: 'Grace' });
    expect(await window.problem('POST', '/v1/session/link/password', { token, password: 'password1234' })).toMatchObject({
      code: 'PASSWORD_WEAK',
      path: '/password',
    });
    const both = await Promise.all([1, 2].map(() => browser().send('POST', '/v1/session/link/password', { token, password })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await window.problem('POST', '/v1/session/link', { token })).toMatchObject({ status: 410, code: 'LINK_INVALID' });
    expect((await window.signIn(email, password)).status).toBe(200);
    const actions = await bench.sql<{ action: string }>('select action from audit_entry where object_id = $1 order by at, id', [id]);
    expect(actions.map(({ action }) => action)).toEqual(['user.invited', 'user.joined', 'session.started']);
  });

  it('a new link makes the one before void, and a week makes each void', async () => {
    const { id, email, token } = await invited();
    expect(await bench.api.call('renewUserLink', { params: { id } })).toEqual({ mailed: true, link: null });
    const second = tokenIn(await mailTo(email, 2))!;
    expect(second).not.toBe(token);
    expect(await browser().problem('POST', '/v1/session/link', { token })).toMatchObject({ code: 'LINK_INVALID' });
    await browser().call('POST', '/v1/session/link', { token: second });
    await bench.sql("update user_link set expires_at = expires_at - interval '7 days' where user_id = $1", [id]);
    expect(await browser().problem('POST', '/v1/session/link', { token: second })).toMatchObject({ code: 'LINK_INVALID' });
  });

  it('resets a forgotten password: every session and known device of the person ends', async () => {
    const { email } = await joined();
    const window = browser();
    await window.signIn(email, password);
    expect((await browser().send('POST', '/v1/session/reset', { email: email.toUpperCase() })).status).toBe(202);
    const token = tokenIn(await mailTo(email, 2))!;
    expect(await browser().call('POST', '/v1/session/link', { token })).toMatchObject({ purpose: 'reset' });
    await browser().call('POST', '/v1/session/link/password', { token, password: 'eight red bicycles' });
    expect((await window.send('GET', '/v1/session')).status).toBe(401);
    expect(await browser().signInProblem(email, password)).toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect((await window.signIn(email, 'eight red bicycles')).headers.getSetCookie()).toHaveLength(2); // the device is a new one
  });

  it('answers the same for an address that nobody has, writes it nothing, and writes nobody more than three an hour', async () => {
    const { email } = await joined();
    const tell = async (address: string) => {
      const response = await browser().send('POST', '/v1/session/reset', { email: address });
      return [response.status, await response.text()];
    };
    expect(await tell('nobody@example.org')).toEqual(await tell(email));
    for (let again = 0; again < 8; again += 1) await tell(email);
    await mailTo(email, 4);
    await new Promise((done) => setTimeout(done, 500));
    expect(post.taken.filter(({ to }) => to.includes('nobody@example.org'))).toEqual([]);
    const letters = post.taken.filter(({ to }) => to.includes(email)).length;
    expect(letters).toBeGreaterThanOrEqual(4); // the invitation and three
    expect(letters).toBeLessThanOrEqual(7); // and those of the first waits, on a machine that is slow
  });

  it('leaves out who is disabled, and a link that is out leads nowhere then', async () => {
    const { id, email, token } = await invited();
    await bench.api.call('changeUser', { params: { id }, body: { disabled: true } });
    expect(await browser().problem('POST', '/v1/session/link', { token })).toMatchObject({ code: 'LINK_INVALID' });
    expect(await bench.api.problem('renewUserLink', { params: { id } })).toMatchObject({ status: 409 });
    await browser().send('POST', '/v1/session/reset', { email });
    await new Promise((done) => setTimeout(done, 500));
    expect(post.taken.filter(({ to }) => to.includes(email))).toHaveLength(1);
  });

  it('says so when the mail server refuses; the user is there and can be invited again', async () => {
    const email = 'refused@example.org';
    expect(await bench.api.problem('inviteUser', { body: { email, name: 'Refused', roles: ['viewer'] } })).toMatchObject({
      status: 502,
      code: 'MAIL_FAILED',
    });
    expect((await bench.api.call('listUsers')).items.find((user) => user.email === email)).toMatchObject({
      linkOpen: true,
      hasPassword: false,
    });
  });

  it('without a mail server shows the administrator the link, once', async () => {
    await bench.restart(undefined, { smtpUrl: undefined });
    const email = newEmail();
    const { mailed, link, user } = await bench.api.call('inviteUser', { body: { email, name: 'Hand', roles: ['viewer'] } });
    expect(mailed).toBe(false);
    expect(link).toMatch(/^https:\/\/waybill\.example\.org\/welcome#[\w-]{43}$/);
    expect(JSON.stringify((await bench.api.call('listUsers')).items)).not.toContain(tokenIn(link!)!);
    await browser().call('POST', '/v1/session/link/password', { token: tokenIn(link!), password });
    expect(await browser().call('GET', '/v1/session/ways')).toMatchObject({ mail: false });
    expect((await bench.api.call('renewUserLink', { params: { id: user.id } })).link).toContain('/welcome#');
    expect((await browser().send('POST', '/v1/session/reset', { email })).status).toBe(202);
    await bench.restart(undefined, { smtpUrl: post.url });
  });
});

describe('letters', () => {
  const facts = { name: 'Grace', link: 'https://x.example/welcome#t', environment: 'test', validFor: '7 days' };
  it.each(Object.keys(letters) as (keyof typeof letters)[])('%s is text with every field filled in', (letter) => {
    const { subject, text } = write(letter, facts);
    for (const value of Object.values(facts)) expect(`${subject}\n${text}`).toContain(value);
    expect(`${subject}${text}`).not.toMatch(/\{\{|undefined/);
  });
  it('lets no field begin a header or reach a prototype', () => {
    expect(write('invitation', { ...facts, environment: 'x\r\nBcc: eve@example.org' }).subject).not.toMatch(/[\r\n]/);
    expect(() => write('invitation', JSON.parse('{"__proto__":{"name":"x"}}') as typeof facts)).toThrow();
  });
});
