import { consentAddress } from '../consent.js';
import type { Connector } from '../connector.js';
import { destinationFields, secretFields } from '../connector.js';
import { isConnectorFailure } from '../failure.js';
import type { JsonObject, JsonSchema } from '../json.js';
import { effects as knownEffects } from '../posting-key.js';
import { answeringHttp, unreachableHttp } from './http-clients.js';
import { casesOf, testContext, type Harness, type SchemaCompiler, type Skips } from './harness.js';
import { describeUnpack, type UnpackSamples } from './unpack-suite.js';
import { describeWebhook, type WebhookSample } from './webhook-suite.js';

export interface ConnectorSuite extends Harness {
  ajv: SchemaCompiler;
  /** Settings of a connection that works, secrets included. */
  settings: JsonObject;
  /** Mandatory for a connector with a webhook. */
  webhook?: WebhookSample;
  /** Mandatory for a connector with `unpack`. */
  unpack?: UnpackSamples;
  skip?: Skips;
}

const soundsLikeDestination =
  /^(address|host|port|url|base|endpoint|servers?|brokers?)$|[a-z](Address|Addresses|Host|Port|Urls?|Base|Endpoint|Servers?|Brokers?)$/;
const soundsSecret = /secret|token|password|passphrase|api_?key|private_?key/i;

/**
 * What every connector owes, whatever it connects to. One line in the connector's tests:
 * `describeConnector(stripe, { describe, it, expect, ajv, settings, webhook, unpack })`.
 * Nothing here reaches a network.
 */
export function describeConnector(connector: Connector, suite: ConnectorSuite): void {
  const { describe, expect, ajv, settings } = suite;
  describe(`connector ${connector.name}`, () => {
    const { test, end } = casesOf(suite, suite.skip);
    const properties = (connector.settings['properties'] ?? {}) as Record<string, JsonSchema>;
    const without = (field: string): JsonObject => Object.fromEntries(Object.entries(settings).filter(([name]) => name !== field));

    test('introduces itself: name, title, summary, vendor API and documentation', () => {
      expect(connector.name).toMatch(/^[a-z][a-z0-9-]{1,40}$/);
      for (const text of [connector.title, connector.summary, connector.vendorApi]) expect(text.trim()).not.toBe('');
      expect(connector.documentation.length >= 300).toBe(true);
    });
    test('takes its own sample settings', () => {
      const valid = ajv.compile(connector.settings);
      expect(valid(settings) ? [] : valid.errors).toEqual([]);
    });
    test('refuses settings with an unknown field or without a required one', () => {
      const valid = ajv.compile(connector.settings);
      expect(valid({ ...settings, noSuchSetting: 'x' })).toBe(false);
      for (const field of (connector.settings['required'] ?? []) as string[])
        expect(`${field}: ${valid(without(field))}`).toBe(`${field}: false`);
    });
    test('gives every setting a title', () =>
      expect(Object.entries(properties).filter(([, field]) => !field['title']).map(([name]) => name)).toEqual([])); // prettier-ignore
    test('marks every setting that sounds like a secret', () => {
      const strings = Object.entries(properties).filter(([, field]) => field['type'] === 'string' && field['enum'] === undefined);
      const open = strings
        .map(([name]) => name)
        .filter((name) => soundsSecret.test(name) && !secretFields(connector.settings).includes(name));
      expect(open).toEqual([]);
    });
    test('says of every setting that sounds like an address whether calls go there', () => {
      const open = Object.entries(properties)
        .filter(([name, field]) => soundsLikeDestination.test(name) && typeof field['x-destination'] !== 'boolean')
        .map(([name]) => name)
        .filter((name) => !destinationFields(connector.settings).includes(name));
      expect(open).toEqual([]);
    });
    test('marks the secret that a consent brings, and no other', () =>
      expect(Object.keys(properties).filter((name) => properties[name]!['x-from-consent'] === true)).toEqual(
        connector.consent ? [connector.consent.keptIn] : [],
      ));
    test('names the same account every time, as connector/account, and no secret in it', () => {
      const account = connector.account?.(settings);
      expect(connector.account?.({ ...settings })).toBe(account);
      expect(account === undefined || account.startsWith(`${connector.name}/`)).toBe(true);
      for (const field of secretFields(connector.settings)) {
        const value = settings[field];
        if (typeof value === 'string' && account !== undefined) expect(account).not.toContain(value);
      }
    });
    test('asks for a consent at an absolute address, with settings that it has, without a secret in the address, and keeps what comes in a secret setting', () => {
      const { consent } = connector;
      if (!consent) return;
      expect(secretFields(connector.settings)).toContain(consent.keptIn);
      for (const field of consent.needs) expect(Object.keys(properties)).toContain(field);
      const before = without(consent.keptIn);
      const ask = consent.ask(before);
      const address = consentAddress(ask, { redirectUri: 'https://waybill.example/consent', state: 'state', challenge: 'challenge' });
      expect(address).toMatch(/^https?:\/\//);
      for (const url of [ask.authorizeUrl, ask.tokenUrl]) expect(URL.canParse(url)).toBe(true);
      expect(ask.scopes.length > 0 && ask.client.id !== undefined).toBe(true);
      for (const field of secretFields(connector.settings)) {
        const value = settings[field];
        if (typeof value === 'string') expect(decodeURIComponent(address)).not.toContain(value);
      }
      const grant = consent.grant({ ...before, [consent.keptIn]: 'first' });
      expect(grant.type === 'refresh-token' && grant.refreshToken === 'first').toBe(true);
      expect(grant.tokenUrl).toBe(ask.tokenUrl);
    });
    test('declares streams whose schema compiles and that can be read', () => {
      for (const [name, stream] of Object.entries(connector.streams)) {
        ajv.compile(stream.schema);
        expect(`${name} key ${stream.key !== ''}`).toBe(`${name} key true`);
        expect(`${name} comes in ${stream.poll !== undefined || connector.webhook !== undefined}`).toBe(`${name} comes in true`);
        expect(`${name} can complete ${stream.hydrate === 'never' || stream.complete !== undefined}`).toBe(`${name} can complete true`);
        if (stream.poll) expect(stream.poll.everySeconds >= 1).toBe(true);
      }
      if (Object.keys(connector.streams).length > 0) expect(typeof connector.unpack).toBe('function');
    });
    test('names the streams of its usage from open settings alone, and gives their attributes a prefix', () => {
      if (!connector.usage) return;
      const open = Object.fromEntries(Object.entries(settings).filter(([name]) => !secretFields(connector.settings).includes(name)));
      const names = connector.usage.streams(open);
      expect(connector.usage.streams({})).toEqual([]);
      expect(names.length >= 1 && names.length <= 20).toBe(true);
      expect(connector.usage.streams(settings)).toEqual(names);
      for (const name of names) expect(name.length >= 1 && name.length <= 255).toBe(true);
      expect(connector.usage.attributes.prefix).toMatch(/^[a-z]+[_-]$/);
    });
    test('declares operations that keep their promise possible', () => {
      for (const [name, operation] of Object.entries(connector.operations)) {
        ajv.compile(operation.input);
        expect(`${name} has effects ${operation.effects.length > 0}`).toBe(`${name} has effects true`);
        expect(operation.effects.filter((effect) => !knownEffects.includes(effect))).toEqual([]);
        expect(new Set(operation.effects).size).toBe(operation.effects.length);
        expect(`${name} can be found ${operation.writes === 'upsert' || operation.find !== undefined}`).toBe(`${name} can be found true`);
        const { mode, keyTtlMs } = operation.idempotency;
        const repeats = mode === 'at-least-once';
        expect(`${name} may repeat ${!repeats || (operation.writes === 'upsert' && operation.kind !== 'financial-posting')}`).toBe(
          `${name} may repeat true`,
        );
        expect(`${name} key lifetime ${mode !== 'idempotency-key' || (keyTtlMs ?? 0) > 0}`).toBe(`${name} key lifetime true`);
        const { maxUpstreamSeconds: most } = operation;
        expect(`${name} upstream ${(typeof most === 'number' ? most : most({})) >= 0}`).toBe(`${name} upstream true`);
        expect(operation.document).toMatch(/^[a-z][a-z-]*$/);
      }
    });
    test('declares look-ups whose question compiles', () => {
      for (const lookup of Object.values(connector.lookups)) ajv.compile(lookup.by);
    });
    test('declares limits', () => expect(connector.limits.concurrency >= 1).toBe(true));
    test('checks an unreachable target and a refused sign-in without throwing, and says what to do', async () => {
      for (const http of [unreachableHttp(), answeringHttp({ status: 401, text: 'no' }), answeringHttp({ status: 200, text: '<html>' })]) {
        const steps = await connector.check(testContext({ settings, http }));
        const failed = steps.filter((step) => !step.ok);
        expect(failed.length > 0).toBe(true);
        for (const step of failed) expect(`${step.name}: ${step.remedy ? 'has a remedy' : 'has none'}`).toBe(`${step.name}: has a remedy`);
        for (const field of secretFields(connector.settings))
          if (settings[field]) expect(JSON.stringify(steps)).not.toContain(settings[field]);
      }
    });
    test('leaves a failure of its own kind for every thrown unpack', () => {
      if (!connector.unpack) return;
      for (const body of ['', '{', 'null', '[]', '"x"', '{"id":1}', '{"__proto__":{}}', '\u0000']) {
        try {
          connector.unpack({ id: 'garbage', body, via: 'webhook' }, settings);
        } catch (error) {
          expect(isConnectorFailure(error) && error.facts.recovery).toBe('rejected');
        }
      }
    });
    test('brings samples for what it declares', () => {
      expect(connector.webhook === undefined || suite.webhook !== undefined).toBe(true);
      expect(connector.unpack === undefined || suite.unpack !== undefined).toBe(true);
    });
    if (connector.webhook && suite.webhook) describeWebhook(connector.webhook, { ...suite, ...suite.webhook });
    if (connector.unpack && suite.unpack) describeUnpack(connector, { ...suite, ...suite.unpack });
    end();
  });
}
