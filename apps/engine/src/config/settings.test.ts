// What the engine reads from the environment is what its reference lists, and a wrong value is told at boot with all the others.
import { describe, expect, it } from '@jest/globals';
import { decodeKey, readSettings, settingFacts } from './settings.js';

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

  it.each(['api-failure', 'api-failure=0', 'api-failure=2161', 'api-failure=1.5', 'weather=3', 'api-failure=8,'])(
    'the hours of exceptions cannot be %s',
    (WAYBILL_EXCEPTION_HOURS) =>
      expect(readSettings({ WAYBILL_EXCEPTION_HOURS }).problems).toEqual([expect.stringContaining('WAYBILL_EXCEPTION_HOURS must hold')]),
  );

  it('the hours of exceptions that are not named stay what they are', () =>
    expect(readSettings({ WAYBILL_EXCEPTION_HOURS: ' duplicate = 2160 , api-failure=1' }).settings.exceptionHours).toEqual({
      ...readSettings({}).settings.exceptionHours,
      'api-failure': 1,
      duplicate: 2160,
    }));

  it('tells every problem at once, each by the name of its setting', () => {
    const { problems } = readSettings({
      WAYBILL_PORT: '70000',
      WAYBILL_ROLES: 'api,cook',
      DATABASE_URL: 'mysql://db/waybill',
      WAYBILL_EGRESS_ALLOW: '10.0.0.0/40',
      WAYBILL_FOLDERS_ALLOW: 'exchange',
      WAYBILL_MASTER_KEY: 'short',
      WAYBILL_BOOTSTRAP_API_KEY: 'short',
      WAYBILL_LOG_LEVEL: 'loud',
      WAYBILL_LEASE_SECONDS: '4',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'WAYBILL_BOOTSTRAP_API_KEY',
      'WAYBILL_EGRESS_ALLOW',
      'WAYBILL_FOLDERS_ALLOW',
      'WAYBILL_LEASE_SECONDS',
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

  it('wants the access to the place for seals whole, in one way, and never repeats it', () => {
    const { problems } = readSettings({
      WAYBILL_SEAL_BUCKET_ACCESS_KEY: 'my-secret',
      WAYBILL_SEAL_AUTHORIZATION: 'Bearer my-secret',
      WAYBILL_SEAL_KEY: 'my-secret',
    });
    expect(problems.map((problem) => problem.split(/[ ,]/)[0])).toEqual([
      'WAYBILL_SEAL_KEY',
      'WAYBILL_SEAL_BUCKET_REGION',
      'WAYBILL_SEAL_AUTHORIZATION',
      'WAYBILL_SEAL_URL',
    ]);
    expect(problems.join()).not.toContain('my-secret');
    expect(readSettings({ WAYBILL_SEAL_URL: 'https://me:my-secret@bucket.example/?x=1' }).problems).toEqual([
      expect.stringMatching(/^WAYBILL_SEAL_URL must be an address alone/),
    ]);
    const s3 = { WAYBILL_SEAL_BUCKET_REGION: 'eu-central-1', WAYBILL_SEAL_BUCKET_ACCESS_KEY: 'a', WAYBILL_SEAL_BUCKET_SECRET_KEY: 'b' };
    expect(readSettings({ ...s3, WAYBILL_SEAL_URL: 'https://bucket.example/waybill' })).toMatchObject({
      problems: [],
      settings: { sealS3: { region: 'eu-central-1', accessKeyId: 'a', secretAccessKey: 'b' } },
    });
  });

  it('reads lists, trimmed', () =>
    expect(
      readSettings({ WAYBILL_PORT: ' 80 ', WAYBILL_ROLES: 'api, worker', WAYBILL_EGRESS_ALLOW: '10.0.0.0/8, fd00::/8' }),
    ).toMatchObject({ problems: [], settings: { port: 80, roles: ['api', 'worker'], egressAllow: ['10.0.0.0/8', 'fd00::/8'] } }));

  it('reads folders, and refuses the root of everything, however it is written', () => {
    expect(readSettings({ WAYBILL_FOLDERS_ALLOW: '/srv/in, /srv/out' }).settings.foldersAllow).toEqual(['/srv/in', '/srv/out']);
    for (const root of ['/', '//', '/srv/..']) expect(readSettings({ WAYBILL_FOLDERS_ALLOW: root }).problems).toHaveLength(1);
  });

  it.each(['10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/8/8', '/8', 'x/8'])('refuses the range %s', (cidr) =>
    expect(readSettings({ WAYBILL_EGRESS_ALLOW: cidr }).problems).toHaveLength(1),
  );
});

describe('settings of sign-in', () => {
  const provider = {
    WAYBILL_PUBLIC_URL: 'https://w.example',
    WAYBILL_OIDC_ISSUER: 'https://login.example',
    WAYBILL_OIDC_CLIENT_ID: 'waybill',
  };

  it('reads which roles a group has, also of groups with an = in their name', () =>
    expect(readSettings({ ...provider, WAYBILL_OIDC_ROLES: 'finance = finance-operator + viewer; cn=ops,ou=groups=ops;' })).toMatchObject({
      problems: [],
      settings: { provider: { rolesOfGroup: { finance: ['finance-operator', 'viewer'], 'cn=ops,ou=groups': ['ops'] } } },
    }));
  it.each([
    [{ ...provider, WAYBILL_OIDC_ROLES: 'finance' }, 'WAYBILL_OIDC_ROLES'],
    [{ ...provider, WAYBILL_OIDC_ROLES: 'finance=' }, 'WAYBILL_OIDC_ROLES'],
    [{ ...provider, WAYBILL_OIDC_SCOPES: 'email' }, 'WAYBILL_OIDC_SCOPES'],
    [{ ...provider, WAYBILL_OIDC_CLIENT_ID: '' }, 'WAYBILL_OIDC_ISSUER'],
    [{ ...provider, WAYBILL_PUBLIC_URL: '' }, 'WAYBILL_OIDC_ISSUER'],
    [{ WAYBILL_SMTP_URL: 'smtp://mail.example' }, 'WAYBILL_SMTP_URL'],
    [{ WAYBILL_MAIL_FROM: 'Waybill <w@example>' }, 'WAYBILL_MAIL_FROM'],
    [{ WAYBILL_TRUSTED_PROXIES: '10.0.0.1,proxy' }, 'WAYBILL_TRUSTED_PROXIES'],
    [{ WAYBILL_SESSION_IDLE_MINUTES: '0' }, 'WAYBILL_SESSION_IDLE_MINUTES'],
    [{ WAYBILL_SESSION_HOURS: '169' }, 'WAYBILL_SESSION_HOURS'],
  ])('%p is told as a problem of %s', (env, name) =>
    expect(readSettings(env).problems.map((problem) => problem.split(' ')[0])).toEqual([name]),
  );
});

describe('decodeKey', () => {
  it('takes 32 bytes in hex or base64 and nothing else', () => {
    const key = Buffer.alloc(32, 7);
    expect([decodeKey(key.toString('hex')), decodeKey(key.toString('base64'))]).toEqual([key, key]);
    const wrong = ['00'.repeat(31), '', Buffer.alloc(33).toString('base64')];
    expect(wrong.map(decodeKey)).toEqual([undefined, undefined, undefined]);
  });
});
