// What every connector owes; letters at a real SMTP server, over the engine's own sockets; replies by their row, and lost answers in doubt.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TransportFailure, type Dial, type JsonObject } from '@waybill/sdk';
import { describeConnector, outcomeOf, testContext, unreachableHttp } from '@waybill/sdk/conformance';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { errorTable } from './errors.js';
import { failureOf } from './failures.js';
import { email } from './index.js';
import { messageIdOf } from './letter.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
/** A name that leads nowhere: whoever looks it up fails. */
const settings: JsonObject = {
  host: 'mail.invalid',
  port: 587,
  from: 'billing@acme.example',
  fromName: 'Acme Billing',
  username: 'waybill',
  password: 'a-password-of-the-test',
};
const open: JsonObject = { host: 'mail.invalid', port: 25, from: 'billing@acme.example', fromName: 'Acme Billing', security: 'none' };
const document = { to: ['ap@umbrella.example'], subject: 'Invoice INV-100: paid', text: 'Thank you.\nGrüße' };
const request = { effect: 'create' as const, key: 'wb-aaaaaaaaaaaaaaaaaaaaaaaaaa', attempt: 1, document };

describeConnector(email, { describe, it, expect, ajv, settings });

let taken: { to: string[]; text: string }[];
let server: SMTPServer;
let sockets: Socket[];
/** What happens when the letter has come whole. */
let atEnd: (done: (error?: Error) => void) => void;
const dial: Dial = () => {
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  return socket;
};
const contextOf = (more: JsonObject = {}, over: Dial = dial) =>
  testContext({ settings: { ...open, ...more }, http: unreachableHttp(), dial: over, now: () => new Date('2026-11-27T06:00:00Z') });
const send = (more: JsonObject = {}, over?: Dial) =>
  email.operations.letter.send(contextOf({}, over), { ...request, document: { ...document, ...more } });

beforeEach(async () => {
  [taken, sockets, atEnd] = [[], [], (done) => done()];
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith('refused') ? Object.assign(new Error('5.1.1 no such person'), { responseCode: 550 }) : undefined),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString('utf8') });
        atEnd((error) => done(error));
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => new Promise<void>((done) => server.close(() => done())));

describe('a letter', () => {
  it('goes out over the socket of the engine, to a name that is not looked up, with an id of its key', async () => {
    const receipt = await send({ cc: ['copy@umbrella.example'] });
    expect(receipt.documentId).toMatch(/^<wb-a{26}\.[0-9a-f]{16}@acme\.example>$/);
    expect(receipt.details).toMatchObject({ accepted: ['ap@umbrella.example', 'copy@umbrella.example'], rejected: [] });
    expect(taken).toHaveLength(1);
    expect(taken[0]!.to).toEqual(['ap@umbrella.example', 'copy@umbrella.example']);
    expect(taken[0]!.text).toContain(`Message-ID: ${receipt.documentId}`);
    expect(taken[0]!.text).toMatch(/From: Acme Billing <billing@acme\.example>/);
    expect(taken[0]!.text).toContain('Auto-Submitted: auto-generated');
    expect(taken[0]!.text).toContain('Date: Fri, 27 Nov 2026 06:00:00 +0000');
  });
  it('has the same id for the same content, and another for another', () => {
    expect(messageIdOf(request, 'a@b.example')).toBe(messageIdOf({ ...request, document: { ...document } }, 'a@b.example'));
    expect(messageIdOf(request, 'a@b.example')).not.toBe(messageIdOf({ ...request, document: { ...document, text: 'x' } }, 'a@b.example'));
    expect(messageIdOf(request, 'a@b.example')).toMatch(/^<wb-a{26}\.[0-9a-f]{16}@b\.example>$/);
  });
  it('that some may not have goes to the others, and the receipt says who', async () => {
    expect((await send({ to: ['ap@umbrella.example', 'refused@umbrella.example'] })).details).toMatchObject({
      accepted: ['ap@umbrella.example'],
      rejected: ['refused@umbrella.example'],
    });
  });
  it('that nobody may have is refused, by the row of the enhanced code', async () => {
    expect(await outcomeOf(() => send({ to: ['refused@umbrella.example'] }))).toMatchObject({
      recovery: 'rejected',
      error: { facts: { code: '5.1.1', category: 'master-data' } },
    });
    expect(taken).toEqual([]);
  });
  it('whose answer is lost is in doubt; whose refusal came is not', async () => {
    atEnd = () => sockets[0]!.destroy();
    expect(await outcomeOf(() => send())).toMatchObject({ recovery: 'in-doubt' });
    atEnd = (done) => done(Object.assign(new Error('4.7.0 come again'), { responseCode: 451 }));
    expect(await outcomeOf(() => send())).toMatchObject({ recovery: 'retryable', error: { facts: { code: '4.7.0' } } });
  });
  it('to a server that cannot be reached was not sent; to one that nobody allowed neither', async () => {
    const refused: Dial = () => connect(1, '127.0.0.1');
    expect(await outcomeOf(() => send({}, refused))).toMatchObject({ recovery: 'retryable' });
    const blocked: Dial = () => {
      throw new TransportFailure({ sent: false, code: 'blocked', message: 'mail.invalid leads to 10.0.0.1' });
    };
    expect(await outcomeOf(() => send({}, blocked))).toMatchObject({ recovery: 'misconfigured', error: { facts: { code: 'blocked' } } });
  });
  it('never passes a server without encryption when encryption is asked for, and no password without it', async () => {
    const outcome = await outcomeOf(() => email.operations.letter.send(contextOf({ security: 'starttls' }), request));
    expect(outcome).toMatchObject({ recovery: 'misconfigured', error: { facts: { code: 'tls' } } });
    expect(taken).toEqual([]);
    const opened = sockets.length;
    const signIn = await outcomeOf(() => email.operations.letter.send(contextOf({ username: 'u', password: 'p' }), request));
    expect(signIn).toMatchObject({ recovery: 'misconfigured', error: { facts: { code: 'password-in-the-open' } } });
    expect(sockets).toHaveLength(opened);
  });
  it('takes no line break into its subject', () => {
    const valid = ajv.compile(email.operations.letter.input);
    expect(valid(document)).toBe(true);
    for (const subject of ['a\r\nBcc: b@c.example', 'a\nb', '']) expect(valid({ ...document, subject })).toBe(false);
  });
});

describe('a reply', () => {
  const reply = (response: string) =>
    failureOf(Object.assign(new Error(response), { response, responseCode: Number(response.slice(0, 3)) }), {
      what: 'send',
      settings: {},
      sent: true,
    }).facts;
  it.each([
    ['421 4.3.2 closing', 'retryable'],
    ['450 4.2.0 try again', 'retryable'],
    ['452 4.2.2 full', 'retryable'],
    ['471 what is this', 'throttled'],
    ['535 5.7.8 no', 'unauthorized'],
    ['530 5.7.0 STARTTLS first', 'unauthorized'],
    ['550 5.7.1 relaying denied', 'misconfigured'],
    ['550 5.1.1 no such user', 'rejected'],
    ['550 no', 'rejected'],
    ['552 too large', 'rejected'],
    ['571 what is this', 'rejected'],
  ])('%s is %s', (response, recovery) => expect(reply(response).recovery).toBe(recovery));
  it('has one row with one reason for each code', () => expect(new Set(errorTable.map(({ code }) => code)).size).toBe(errorTable.length));
});

it('the check reaches the server, and says what is wrong where it does not', async () => {
  expect(await email.check(contextOf())).toMatchObject([{ ok: true }]);
  expect(await email.check(contextOf({}, () => connect(1, '127.0.0.1')))).toMatchObject([{ ok: false }]);
});
