// Settings are read once and all at once: good ones are typed, every bad one is a sentence.
import { describe, expect, it } from '@jest/globals';
import { decodeKey, readSettings, settingFacts } from './settings.js';

describe('readSettings', () => {
  it('has defaults for everything', () => {
    const { settings, problems } = readSettings({});
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ port: 4180, host: '127.0.0.1', roles: ['api', 'worker', 'scheduler'], databaseUrl: undefined, redisUrl: undefined, egressAllow: [] });
  });
  it('reads what is set, trimmed', () =>
    expect(readSettings({ WAYBILL_PORT: ' 80 ', WAYBILL_ROLES: 'api, worker', WAYBILL_EGRESS_ALLOW: '10.0.0.0/8, fd00::/8', REDIS_URL: 'redis://r' })).toMatchObject({ problems: [], settings: { port: 80, roles: ['api', 'worker'], egressAllow: ['10.0.0.0/8', 'fd00::/8'], redisUrl: 'redis://r' } }));
  it('tells all problems at once', () => {
    const { problems } = readSettings({ WAYBILL_PORT: '70000', WAYBILL_WORKERS: 'many', WAYBILL_ROLES: 'boss', WAYBILL_EGRESS_ALLOW: '10.0.0.0', DATABASE_URL: 'mysql://x', WAYBILL_MASTER_KEY: 'short', WAYBILL_BOOTSTRAP_API_KEY: 'short', WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: 'short', WAYBILL_LOG_LEVEL: 'loud' });
    expect(problems).toHaveLength(9);
    expect(problems.join('\n')).not.toContain('short'); // a secret that is wrong is not shown
  });
  it.each(['10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/8/8', '/8', 'x/8'])('refuses the range %s', (cidr) => expect(readSettings({ WAYBILL_EGRESS_ALLOW: cidr }).problems).toHaveLength(1));
  it('documents every setting that it reads', () => {
    const asked = new Set<string>();
    readSettings(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
    expect([...asked].sort()).toEqual(settingFacts.map((fact) => fact.name).sort());
  });
});

describe('decodeKey', () => {
  it('takes 32 bytes in hex or base64 and nothing else', () => {
    const key = Buffer.alloc(32, 7);
    expect([decodeKey(key.toString('hex')), decodeKey(key.toString('base64'))]).toEqual([key, key]);
    expect([decodeKey('00'.repeat(31)), decodeKey(''), decodeKey(Buffer.alloc(33).toString('base64'))]).toEqual([undefined, undefined, undefined]);
  });
});
