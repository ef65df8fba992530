// What the engine reads from the environment is what its reference lists, and a wrong value is told at boot with all the others.
import { describe, expect, it } from '@jest/globals';
import { readSettings, settingFacts } from './settings.js';

/** The names that a read of the settings asks the environment for. */
function namesRead(): string[] {
  const asked = new Set<string>();
  readSettings(new Proxy({}, { get: (_, name) => (asked.add(String(name)), undefined) }));
  return [...asked].sort();
}

describe('settings', () => {
  it('the reference lists each name that is read, and no other', () => {
    expect(settingFacts.map((fact) => fact.name).sort()).toEqual(namesRead());
  });

  it('an empty environment is enough, and an empty value is no value', () => {
    expect(readSettings({}).problems).toEqual([]);
    expect(readSettings({ WAYBILL_PORT: ' ', REDIS_URL: '' })).toEqual(readSettings({}));
  });

  it('tells every problem at once, each by the name of its setting', () => {
    const { problems } = readSettings({
      WAYBILL_PORT: '70000',
      WAYBILL_ROLES: 'api,cook',
      DATABASE_URL: 'mysql://db/waybill',
      WAYBILL_EGRESS_ALLOW: '10.0.0.0/40',
      WAYBILL_MASTER_KEY: 'short',
      WAYBILL_BOOTSTRAP_API_KEY: 'short',
      WAYBILL_LOG_LEVEL: 'loud',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'WAYBILL_BOOTSTRAP_API_KEY',
      'WAYBILL_EGRESS_ALLOW',
      'WAYBILL_LOG_LEVEL',
      'WAYBILL_MASTER_KEY',
      'WAYBILL_PORT',
      'WAYBILL_ROLES',
    ]);
  });

  it('never repeats a secret in a problem', () => {
    const { problems } = readSettings({
      WAYBILL_MASTER_KEY: 'my-secret-key',
      WAYBILL_BOOTSTRAP_API_KEY: 'my-secret',
      WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: 'my-secret',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('my-secret');
  });
});
