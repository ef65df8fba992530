/** The form of a connector: secrets are never sent back unless they were replaced. */
import { describe, expect, it } from '@jest/globals';
import { connectors } from '../../../test/fixtures.js';
import { fieldsOf, problemsOf, settingsToSend, startValues, write } from './schema-form.js';

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
});
