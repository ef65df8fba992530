/** The form of a connector: secrets are never sent back unless they were replaced. */
import { describe, expect, it } from '@jest/globals';
import { connectors } from '../../../test/fixtures.js';
import { fieldsOf, problemsOf, secretsAgain, settingsToSend, startValues, write } from './schema-form.js';

const stripe = fieldsOf(connectors[0]!.settings);
const tryton = fieldsOf(connectors[1]!.settings);

describe('schema form', () => {
  it('knows secrets, choices, numbers and ways', () => {
    expect(Object.fromEntries(stripe.map((field) => [field.name, field.kind]))).toEqual({
      apiKey: 'secret',
      webhookSecret: 'secret',
      mode: 'choice',
      account: 'text',
      pageSize: 'integer',
      expandTax: 'boolean',
    });
    expect(tryton.find((field) => field.name === 'auth')).toMatchObject({
      kind: 'variant',
      variants: [{ fixed: { kind: 'key' } }, { fixed: { kind: 'password' } }],
    });
  });

  it('starts with the defaults and the first way', () => {
    expect(startValues(stripe)).toEqual({ mode: 'test', pageSize: 100, expandTax: true });
    expect(startValues(tryton)).toEqual({ auth: { kind: 'key' } });
  });

  it('leaves out a secret that is kept and sends one that was replaced', () => {
    const stored = { apiKey: { set: true, at: '2026-01-01T00:00:00Z' }, mode: 'live', auth: { kind: 'key', key: { set: true } } };
    expect(settingsToSend(stored)).toEqual({ mode: 'live', auth: { kind: 'key' } });
    expect(settingsToSend(write(stored, ['apiKey'], 'rk_new'))).toMatchObject({ apiKey: 'rk_new', mode: 'live' });
  });

  it('asks for what is needed, and takes a stored secret as given', () => {
    expect(problemsOf(stripe, { mode: 'test' })).toEqual({ apiKey: 'Needed' });
    expect(problemsOf(stripe, { mode: 'test', apiKey: { set: true } })).toEqual({});
    expect(problemsOf(tryton, { url: 'https://x', database: 'd', auth: { kind: 'password', user: 'u' } })).toEqual({
      'auth.password': 'Needed',
    });
  });

  describe('of a stored connection that would lead elsewhere', () => {
    const fields = fieldsOf({
      properties: {
        apiBase: { type: 'string', title: 'Address', format: 'uri' },
        servers: { type: 'array', title: 'Servers', items: { type: 'string' }, 'x-destination': true },
        webhookUrl: { type: 'string', format: 'uri', 'x-destination': false },
        clientSecret: { type: 'string', 'x-secret': true },
        password: { type: 'string', 'x-secret': true },
        refreshToken: { type: 'string', 'x-secret': true, 'x-from-consent': true },
      },
    });
    const stored = { apiBase: 'https://a.example/v1', servers: ['a:1', 'b:1'], webhookUrl: 'https://w.example', clientSecret: { set: true }, password: { set: false } };
    const said = (change: object, of: Record<string, unknown> = stored) => secretsAgain(fields, of, { ...of, ...change });

    it('says so at the address and asks for each secret that is kept', () => {
      expect(said({ apiBase: 'https://b.example/v1' })).toEqual({
        apiBase: 'Leads to another server, which the stored secrets do not go to.',
        clientSecret: 'Enter it again: Address leads to another server',
      });
      expect(Object.keys(said({ servers: ['b:1', 'c:1'], clientSecret: '' }))).toEqual(['clientSecret', 'servers']);
    });
    it('is content with secrets that are entered again, and says that a consent is given again', () => {
      expect(said({ apiBase: 'https://b.example', clientSecret: 'new' })).toEqual({});
      const agreed = said({ apiBase: 'https://b.example', clientSecret: 'new' }, { ...stored, refreshToken: { set: true } });
      expect(agreed).toEqual({ apiBase: expect.stringContaining('Connect again') });
    });
    it('says nothing of another path, of a server less, and of an address that nothing is sent to', () => {
      expect(said({ apiBase: 'https://a.example/v2', servers: ['b:1'], webhookUrl: 'https://x.example' })).toEqual({});
    });
  }); // prettier-ignore
});
