import type { Webhook, WebhookRequest, WebhookVerdict } from '../connector.js';
import type { JsonObject } from '../json.js';
import type { Harness } from './harness.js';

export interface WebhookSample {
  /** A body the vendor might send, and the request that carries it, signed at `now` with the settings' secret. */
  request(now: Date): WebhookRequest;
  /** The settings field that holds the secret. */
  secretField: string;
  /** The headers without which nothing verifies, lower case. */
  signatureHeaders: readonly string[];
  /** `false`: the vendor proves itself by a secret inside the request and signs no bytes, so an altered body cannot be told. Default true. */
  signsBody?: boolean;
  /** Seconds after which a signed request is too old; undefined for vendors that sign no time. */
  toleranceSeconds?: number;
}

type Suite = Harness & WebhookSample & { settings: JsonObject };

const now = new Date('2026-11-23T12:00:00Z');

/** A webhook that verifies too much is worse than one that verifies nothing: every case here is a way to be fooled. */
export function describeWebhook(webhook: Webhook, suite: Suite): void {
  const { describe, it, expect, settings, secretField } = suite;
  const verify = (change: Partial<WebhookRequest>, with_: JsonObject = settings, at = now): WebhookVerdict =>
    webhook.verify({ ...suite.request(now), ...change }, with_, at);
  const refused = (verdict: WebhookVerdict): void => {
    expect(verdict.ok).toBe(false);
    if (!verdict.ok) expect(verdict.code === '' || verdict.reason === '').toBe(false);
  };

  describe('webhook', () => {
    it('accepts a signed request, and names the same delivery each time', () => {
      const [first, second] = [verify({}), verify({})];
      expect(first.ok).toBe(true);
      expect(second).toEqual(first);
    });
    it('refuses without a secret and with an empty one', () => {
      const none = Object.fromEntries(Object.entries(settings).filter(([name]) => name !== secretField));
      refused(verify({}, none));
      refused(verify({}, { ...settings, [secretField]: '' }));
    });
    it('refuses another secret', () => refused(verify({}, { ...settings, [secretField]: 'another-secret' })));
    it('refuses when a signature header is missing or empty', () => {
      for (const name of suite.signatureHeaders) {
        const headers = { ...suite.request(now).headers };
        refused(verify({ headers: { ...headers, [name]: '' } }));
        delete headers[name];
        refused(verify({ headers }));
      }
    });
    it('refuses a body with one byte changed, added or cut', () => {
      const { body } = suite.request(now);
      if (suite.signsBody === false) {
        for (const altered of [body.subarray(0, -1), Buffer.alloc(0)]) refused(verify({ body: altered }));
        return;
      }
      const changed = Buffer.from(body);
      changed[changed.length - 1] = changed[changed.length - 1]! ^ 1;
      for (const altered of [changed, Buffer.concat([body, Buffer.from(' ')]), body.subarray(0, -1), Buffer.alloc(0)])
        refused(verify({ body: altered }));
    });
    it('refuses a request outside the tolerance, on both sides', () => {
      if (suite.toleranceSeconds === undefined) return;
      const seconds = (suite.toleranceSeconds + 1) * 1000;
      for (const shift of [seconds, -seconds]) refused(verify({}, settings, new Date(now.getTime() + shift)));
      expect(verify({}, settings, new Date(now.getTime() + seconds - 2000)).ok).toBe(true);
    });
    it('hands back nothing in a handshake that could be markup, and answers none that was not asked', () => {
      if (!webhook.handshake) return;
      expect(webhook.handshake(suite.request(now))).toBe(undefined);
      for (const name of ['validationToken', 'challenge', 'crc_token', 'token'])
        for (const text of ['<script>alert(1)</script>', '"><img src=x>', "';alert(1)//", 'a\r\nset-cookie: b', '', 'x'.repeat(5000)])
          expect(webhook.handshake({ ...suite.request(now), query: { [name]: text } }) ?? '').not.toMatch(/[<>"'\r\n]|x{5000}/);
    });
    it('never throws on garbage', () => {
      for (const garbage of ['', ',', '=', 't=', 't=1,v1=', 'v1=zz', 't=NaN,v1=00', 'v1,', 'v9,AAAA', 'Bearer', 'é', '0'.repeat(5000)]) {
        const headers = { ...suite.request(now).headers };
        for (const name of suite.signatureHeaders) headers[name] = garbage;
        refused(verify(suite.signatureHeaders.length === 0 ? { body: Buffer.from(garbage) } : { headers }));
      }
      refused(webhook.verify({ body: Buffer.from([0xff, 0xfe, 0]), headers: {}, query: {} }, {}, now));
    });
  });
}
