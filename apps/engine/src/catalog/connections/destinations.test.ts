// Which changes of a connection lead its secrets to somebody who did not have them.
import { describe, expect, it } from '@jest/globals';
import { movedDestinations } from './destinations.js';

const schema = {
  properties: {
    baseUrl: { type: 'string', pattern: '^https?://[^/]+$' },
    signInUrl: { type: 'string', format: 'uri' },
    brokers: { type: 'array', 'x-destination': true },
    apiBase: { type: 'string', format: 'uri', default: 'https://api.example' },
    port: { type: 'integer', 'x-destination': true },
    webhookUrl: { type: 'string', format: 'uri', 'x-destination': false },
    company: { type: 'string' },
  },
};

describe('a change of settings', () => {
  it.each([
    ['another host', { baseUrl: 'https://a.example' }, { baseUrl: 'https://b.example' }, ['baseUrl']],
    ['another port', { baseUrl: 'https://a.example' }, { baseUrl: 'https://a.example:444' }, ['baseUrl']],
    ['no encryption', { baseUrl: 'https://a.example' }, { baseUrl: 'http://a.example' }, ['baseUrl']],
    ['a host behind a name that looks like the old one', { baseUrl: 'https://a.example' }, { baseUrl: 'https://a.example@b.example' }, ['baseUrl']],
    ['a host behind a backslash', { baseUrl: 'https://a.example' }, { baseUrl: 'https://b.example\\@a.example' }, ['baseUrl']],
    ['an address where the connector had its own', {}, { signInUrl: 'https://b.example/token' }, ['signInUrl']],
    ['one more server', { brokers: ['a:1', 'b:1'] }, { brokers: ['a:1', 'b:1', 'c:1'] }, ['brokers']],
    ['another port of a server', { port: 587 }, { port: 2525 }, ['port']],
    ['two of them', { baseUrl: 'https://a.example', port: 1 }, { baseUrl: 'https://b.example', port: 2 }, ['baseUrl', 'port']],
  ])('to %s leads elsewhere', (_, before, after, moved) => expect(movedDestinations(schema, before, after)).toEqual(moved)); // prettier-ignore
  it.each([
    ['another path of the same origin', { signInUrl: 'https://a.example/one' }, { signInUrl: 'https://A.example:443/two?x=y' }],
    ['one server less, in another order', { brokers: ['a:1', 'b:1', 'c:1'] }, { brokers: ['c:1', 'a:1'] }],
    ["the connector's own address", { signInUrl: 'https://a.example/one' }, {}],
    ['the usual address, written out', {}, { apiBase: 'https://api.example/' }],
    ['an address that nothing is sent to', { webhookUrl: 'https://a.example' }, { webhookUrl: 'https://b.example' }],
    ['anything else', { baseUrl: 'https://a.example', company: 'A' }, { baseUrl: 'https://a.example', company: 'https://b.example' }],
  ])('to %s leads where it led', (_, before, after) => expect(movedDestinations(schema, before, after)).toEqual([])); // prettier-ignore
});
