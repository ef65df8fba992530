import { exceptionCategories, type ExceptionCategory } from '@waybill/sdk';
import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';

export const roles = ['api', 'worker', 'scheduler'] as const;
export type Role = (typeof roles)[number];

/** Everything that an operator can set, read once at boot. */
export interface Settings {
  host: string;
  port: number;
  roles: Role[];
  dataDir: string;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** The owner's URL, for migrations; the application's own when not set. */
  databaseMigrateUrl: string | undefined;
  databasePort: number;
  databasePoolMax: number;
  /** Undefined: the queue lives in PostgreSQL. */
  redisUrl: string | undefined;
  workers: number;
  /** How long a worker has a lane and its messages without saying that it lives. */
  leaseSeconds: number;
  mappingChildren: number;
  /** So many new deliveries and ready messages, and webhooks are asked to come later. */
  backlogMax: number;
  /** So many usage events without a roll-up, and senders are asked to come later. */
  usageBacklogMax: number;
  /** So old may what waits for the roll-up be before usage is taken in more slowly; 0: never. */
  usageFreshSeconds: number;
  egressAllow: string[];
  /** Folders on this machine, absolute, that connections may read and write, with everything inside. */
  foldersAllow: string[];
  /** A period of usage is sealed so long after its end; undefined: by hand only. A meter may say otherwise. */
  usageSealAfterMs: number | undefined;
  /** What becomes of usage that is too late for its period, where the meter does not say. */
  usageLate: 'next-period' | 'credit-memo';
  /** How many hours an exception of each category has. */
  exceptionHours: Record<ExceptionCategory, number>;
  /** 32 bytes each; the first seals, all of them open. Undefined: those of the key file in `dataDir`. */
  masterKeys: readonly Buffer[] | undefined;
  /** Undefined: `master.key` in `dataDir`. */
  masterKeyFile: string | undefined;
  /** 32 secret bytes in hex or base64; undefined: a key file in `dataDir`. */
  sealKey: string | undefined;
  /** Undefined: a file in `dataDir`; `none`: no file. */
  sealFile: string | undefined;
  /** Undefined: seals are not put anywhere by HTTP. */
  sealUrl: string | undefined;
  sealAuthorization: string | undefined;
  sealS3: { region: string; accessKeyId: string; secretAccessKey: string } | undefined;
  bootstrapAdminEmail: string;
  bootstrapAdminPassword: string | undefined;
  bootstrapApiKey: string | undefined;
  environment: string;
  publicUrl: string | undefined;
  /** Proxies whose word on the caller's address is taken. */
  trustedProxies: string[];
  /** A session ends after so long without a request, and after so long in all. */
  sessionIdleMinutes: number;
  sessionHours: number;
  /** Undefined: nothing is mailed, and an administrator hands on the links. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Undefined: people sign in with a password only. */
  provider: ProviderSettings | undefined;
  logLevel: string;
  consoleDir: string | undefined;
  packsDir: string | undefined;
}

/** An OpenID Connect provider that people sign in with. */
export interface ProviderSettings {
  issuer: string;
  clientId: string;
  /** Undefined: a public client, held by PKCE alone. */
  clientSecret: string | undefined;
  /** On the button. */
  title: string;
  scopes: string;
  groupsClaim: string;
  /** Which roles a member of a group has. Governance checks that the roles exist. */
  rolesOfGroup: Record<string, string[]>;
}

/** One setting of the reference page. */
export interface SettingFacts {
  name: string;
  fallback: string;
  meaning: string;
}

export const settingFacts: readonly SettingFacts[] = [
  { name: 'WAYBILL_PORT', fallback: '4180', meaning: 'Port of the API and the console' },
  { name: 'WAYBILL_HOST', fallback: '127.0.0.1', meaning: 'Address to listen on; `0.0.0.0` in a container' },
  { name: 'WAYBILL_ROLES', fallback: 'api,worker,scheduler', meaning: 'What this process does' },
  { name: 'WAYBILL_DATA_DIR', fallback: '.waybill', meaning: 'Where the embedded database and the key file live' },
  { name: 'DATABASE_URL', fallback: 'embedded', meaning: 'PostgreSQL 15 or newer, as the application role' },
  {
    name: 'DATABASE_MIGRATE_URL',
    fallback: 'DATABASE_URL',
    meaning: 'The same database as its owner, for migrations. When equal, grants do not bind the application, and readiness says so',
  },
  { name: 'WAYBILL_DATABASE_PORT', fallback: '0 (any free port)', meaning: 'Port of the embedded database, on loopback' },
  { name: 'WAYBILL_DATABASE_POOL', fallback: '16', meaning: 'Connections of one process' },
  { name: 'REDIS_URL', fallback: 'none: PostgreSQL carries the queue', meaning: 'Redis 7 or newer with `maxmemory-policy noeviction`' },
  { name: 'WAYBILL_WORKERS', fallback: '8', meaning: 'Lanes that one process works on side by side' },
  {
    name: 'WAYBILL_LEASE_SECONDS',
    fallback: '60',
    meaning:
      'How long a worker that went silent keeps what it works on: 5 to 600. Shorter finds a dead worker sooner; the same for all processes',
  },
  { name: 'WAYBILL_MAPPING_CHILDREN', fallback: '2', meaning: 'Processes that run mappings' },
  {
    name: 'WAYBILL_BACKLOG_MAX',
    fallback: '100000',
    meaning: 'New deliveries and ready messages from which on webhooks are answered with 429 and `Retry-After`',
  },
  {
    name: 'WAYBILL_USAGE_SEAL_AFTER_HOURS',
    fallback: 'none: by hand only',
    meaning: 'Periods of usage are sealed so many hours after their end: 1 to 9600. A meter may say otherwise with `sealAfter`',
  },
  {
    name: 'WAYBILL_USAGE_LATE',
    fallback: 'next-period',
    meaning:
      'What becomes of usage that comes, or is corrected, after its period was sealed: `next-period` bills the difference with the next seal, `credit-memo` also asks for a credit memo where it is less. A meter may say otherwise with `late`',
  },
  {
    name: 'WAYBILL_USAGE_BACKLOG_MAX',
    fallback: '20000000',
    meaning: 'Usage events that no roll-up has taken, from which on more are answered with 429 and `Retry-After`',
  },
  {
    name: 'WAYBILL_USAGE_FRESH_SECONDS',
    fallback: '1',
    meaning:
      'Seconds that usage may wait for the roll-up before more is taken in more slowly, so that what is counted stays fresh: 0 to 3600; 0 takes it in as fast as it comes',
  },
  {
    name: 'WAYBILL_EXCEPTION_HOURS',
    fallback: 'master-data=24,transformation=24,api-failure=8,duplicate=48,posting-rejection=24',
    meaning:
      'Hours after which an exception of a category is overdue: 1 to 2160, of work where working hours are set, else plain hours by the clock. A category that is not named keeps its default',
  },
  {
    name: 'WAYBILL_EGRESS_ALLOW',
    fallback: 'none',
    meaning: 'CIDRs inside your network that connectors may reach, separated by commas; plain http is allowed there',
  },
  {
    name: 'WAYBILL_FOLDERS_ALLOW',
    fallback: 'none',
    meaning:
      'Folders on the machine of the engine, as absolute paths separated by commas, that connections may read files from and write files to, with all that lies inside',
  },
  {
    name: 'WAYBILL_MASTER_KEY',
    fallback: 'key file in the data folder',
    meaning: 'The key that seals the secrets: 32 bytes in hex or base64. After a comma, keys that only open what they sealed before',
  },
  {
    name: 'WAYBILL_MASTER_KEY_FILE',
    fallback: '`master.key` in the data folder',
    meaning: 'Where the keys stand when `WAYBILL_MASTER_KEY` is not set, one a line, the one that seals first. Made at first boot',
  },
  {
    name: 'WAYBILL_SEAL_KEY',
    fallback: 'key file in the data folder',
    meaning: '32 secret bytes in hex or base64 that sign the seals of the audit log and its exports; the same for all processes',
  },
  {
    name: 'WAYBILL_SEAL_FILE',
    fallback: '`audit-seals.jsonl` in the data folder',
    meaning: 'File to which seals are appended, outside the database; `none` for no file',
  },
  {
    name: 'WAYBILL_SEAL_URL',
    fallback: 'none',
    meaning: 'Address below which each seal is put as an object: a bucket of S3 with a prefix, or any server that takes PUT',
  },
  { name: 'WAYBILL_SEAL_AUTHORIZATION', fallback: 'none', meaning: 'Value of the header `Authorization` for WAYBILL_SEAL_URL' },
  {
    name: 'WAYBILL_SEAL_BUCKET_REGION',
    fallback: 'none',
    meaning: 'Region of the bucket; with the two that follow, requests to WAYBILL_SEAL_URL are signed for S3',
  },
  { name: 'WAYBILL_SEAL_BUCKET_ACCESS_KEY', fallback: 'none', meaning: 'Access key of the bucket' },
  { name: 'WAYBILL_SEAL_BUCKET_SECRET_KEY', fallback: 'none', meaning: 'Secret key of the bucket' },
  { name: 'WAYBILL_BOOTSTRAP_ADMIN_EMAIL', fallback: 'admin@waybill.local', meaning: 'First administrator, made at first boot' },
  {
    name: 'WAYBILL_BOOTSTRAP_ADMIN_PASSWORD',
    fallback: 'made up and printed once',
    meaning: 'Its password: 12 characters or more, none of the commonest',
  },
  {
    name: 'WAYBILL_BOOTSTRAP_API_KEY',
    fallback: 'none',
    meaning: 'An admin key with this value, 20 characters or more, made at first boot, for automation',
  },
  { name: 'WAYBILL_ENVIRONMENT', fallback: 'local', meaning: 'Shown in the console: `production`, `staging` …' },
  { name: 'WAYBILL_PUBLIC_URL', fallback: 'http://localhost:<port>', meaning: 'Address that people and webhooks use' },
  {
    name: 'WAYBILL_TRUSTED_PROXIES',
    fallback: 'none',
    meaning:
      'Addresses or CIDRs of your reverse proxies, separated by commas: their `X-Forwarded-For` says who calls. Without it everybody behind a proxy shares its address when sign-ins are slowed down',
  },
  { name: 'WAYBILL_SESSION_IDLE_MINUTES', fallback: '30', meaning: 'A session ends after so long without a request: 1 to 1440' },
  { name: 'WAYBILL_SESSION_HOURS', fallback: '12', meaning: 'A session ends after so long in all cases: 1 to 168' },
  {
    name: 'WAYBILL_SMTP_URL',
    fallback: 'none: an administrator is shown the links',
    meaning: 'Mail server for invitations and new passwords: `smtp://user:password@host:587` (STARTTLS) or `smtps://host:465`',
  },
  { name: 'WAYBILL_MAIL_FROM', fallback: 'waybill@<host of WAYBILL_PUBLIC_URL>', meaning: 'Sender of the mail' },
  {
    name: 'WAYBILL_OIDC_ISSUER',
    fallback: 'none: passwords only',
    meaning: 'Issuer of your OpenID Connect provider, as its discovery document says it; an address inside needs `WAYBILL_EGRESS_ALLOW`',
  },
  { name: 'WAYBILL_OIDC_CLIENT_ID', fallback: 'needed with an issuer', meaning: 'The client that Waybill is at the provider' },
  { name: 'WAYBILL_OIDC_CLIENT_SECRET', fallback: 'none: a public client with PKCE', meaning: 'Its secret' },
  { name: 'WAYBILL_OIDC_TITLE', fallback: 'single sign-on', meaning: 'What the button says after "Sign in with"' },
  { name: 'WAYBILL_OIDC_SCOPES', fallback: 'openid email profile', meaning: 'Scopes that are asked for, separated by spaces' },
  { name: 'WAYBILL_OIDC_GROUPS_CLAIM', fallback: 'groups', meaning: 'Claim that holds the groups of a person' },
  {
    name: 'WAYBILL_OIDC_ROLES',
    fallback: 'none: nobody new comes in',
    meaning: 'Which roles the members of a group have: `group=role`, several with `;`, several roles of a group with `+`',
  },
  { name: 'WAYBILL_LOG_LEVEL', fallback: 'info', meaning: '`debug`, `info`, `warn` or `error`' },
  { name: 'WAYBILL_CONSOLE_DIR', fallback: 'the built console', meaning: 'Folder of the console, `none` to serve no console' },
  { name: 'WAYBILL_PACKS_DIR', fallback: 'mappings of this installation', meaning: 'Folder of the packs and the canonical model' },
];

/** Reads the environment; returns every problem at once. */
export function readSettings(env: Record<string, string | undefined>): { settings: Settings; problems: string[] } {
  const problems: string[] = [];
  const text = (name: string) => (env[name]?.trim() ? env[name].trim() : undefined);
  const whole = (name: string, fallback: number, from: number, to: number) => {
    const raw = text(name);
    if (raw === undefined) return fallback;
    const value = Number(raw);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    problems.push(`${name} must be a whole number from ${from} to ${to}, not ${JSON.stringify(raw)}`);
    return fallback;
  };
  const url = (name: string, ...protocols: string[]) => {
    const raw = text(name);
    if (raw === undefined) return undefined;
    const protocol = URL.canParse(raw) ? new URL(raw).protocol.slice(0, -1) : undefined;
    if (protocol === undefined || !protocols.includes(protocol))
      problems.push(`${name} must be a URL that begins with ${protocols.map((p) => `${p}://`).join(' or ')}`);
    return raw;
  };
  const chosenRoles = (text('WAYBILL_ROLES') ?? roles.join(',')).split(',').map((r) => r.trim());
  const unknownRole = chosenRoles.find((r) => !(roles as readonly string[]).includes(r));
  if (unknownRole !== undefined) problems.push(`WAYBILL_ROLES knows ${roles.join(', ')}, not ${JSON.stringify(unknownRole)}`);
  const egressAllow = (text('WAYBILL_EGRESS_ALLOW') ?? '').split(',').map((c) => c.trim()).filter(Boolean); // prettier-ignore
  for (const cidr of egressAllow)
    if (!isCidr(cidr)) problems.push(`WAYBILL_EGRESS_ALLOW must hold CIDRs such as 10.20.0.0/16, not ${JSON.stringify(cidr)}`);
  const foldersAllow = (text('WAYBILL_FOLDERS_ALLOW') ?? '').split(',').map((f) => f.trim()).filter(Boolean); // prettier-ignore
  for (const folder of foldersAllow)
    if (!isAbsolute(folder) || resolve(folder) === '/')
      problems.push(`WAYBILL_FOLDERS_ALLOW must hold absolute paths such as /srv/exchange, and not /, not ${JSON.stringify(folder)}`);
  const apiKey = text('WAYBILL_BOOTSTRAP_API_KEY');
  if (apiKey !== undefined && apiKey.length < 20) problems.push('WAYBILL_BOOTSTRAP_API_KEY must have 20 characters or more');
  const password = text('WAYBILL_BOOTSTRAP_ADMIN_PASSWORD');
  if (password !== undefined && password.length < 12) problems.push('WAYBILL_BOOTSTRAP_ADMIN_PASSWORD must have 12 characters or more');
  const masterKeys = text('WAYBILL_MASTER_KEY')
    ?.split(',')
    .map((key) => decodeKey(key.trim()));
  if (masterKeys?.includes(undefined))
    problems.push('WAYBILL_MASTER_KEY must be 32 bytes in hex (64 digits) or base64, or several such keys, separated by commas');
  const sealKey = text('WAYBILL_SEAL_KEY');
  if (sealKey !== undefined && decodeKey(sealKey) === undefined)
    problems.push('WAYBILL_SEAL_KEY must be 32 bytes in hex (64 digits) or base64');
  const seals = sealPlaces(text, problems);
  const trustedProxies = (text('WAYBILL_TRUSTED_PROXIES') ?? '').split(',').map((c) => c.trim()).filter(Boolean); // prettier-ignore
  for (const proxy of trustedProxies)
    if (!isCidr(proxy) && isIP(proxy) === 0)
      problems.push(`WAYBILL_TRUSTED_PROXIES must hold addresses or CIDRs such as 10.0.0.5, not ${JSON.stringify(proxy)}`);
  const publicUrl = url('WAYBILL_PUBLIC_URL', 'http', 'https');
  const smtpUrl = url('WAYBILL_SMTP_URL', 'smtp', 'smtps');
  if (smtpUrl !== undefined && publicUrl === undefined)
    problems.push('WAYBILL_SMTP_URL needs WAYBILL_PUBLIC_URL: the mail holds a link to this engine');
  const mailFrom =
    text('WAYBILL_MAIL_FROM') ?? `waybill@${publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost'}`;
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(mailFrom))
    problems.push(`WAYBILL_MAIL_FROM must be an e-mail address, not ${JSON.stringify(mailFrom)}`);
  const provider = readProvider({ text, url, problems });
  if (provider && publicUrl === undefined)
    problems.push('WAYBILL_OIDC_ISSUER needs WAYBILL_PUBLIC_URL: the provider sends people back to it');
  const level = text('WAYBILL_LOG_LEVEL') ?? 'info';
  if (!['debug', 'info', 'warn', 'error', 'silent'].includes(level))
    problems.push(`WAYBILL_LOG_LEVEL must be debug, info, warn or error, not ${JSON.stringify(level)}`);
  const usageLate = text('WAYBILL_USAGE_LATE') ?? 'next-period';
  if (!['next-period', 'credit-memo'].includes(usageLate))
    problems.push(`WAYBILL_USAGE_LATE must be next-period or credit-memo, not ${JSON.stringify(usageLate)}`);
  const settings: Settings = {
    host: text('WAYBILL_HOST') ?? '127.0.0.1',
    port: whole('WAYBILL_PORT', 4180, 0, 65_535),
    roles: chosenRoles as Role[],
    dataDir: text('WAYBILL_DATA_DIR') ?? '.waybill',
    databaseUrl: url('DATABASE_URL', 'postgres', 'postgresql'),
    databaseMigrateUrl: url('DATABASE_MIGRATE_URL', 'postgres', 'postgresql'),
    databasePort: whole('WAYBILL_DATABASE_PORT', 0, 0, 65_535),
    databasePoolMax: whole('WAYBILL_DATABASE_POOL', 16, 4, 200),
    redisUrl: url('REDIS_URL', 'redis', 'rediss'),
    workers: whole('WAYBILL_WORKERS', 8, 1, 256),
    leaseSeconds: whole('WAYBILL_LEASE_SECONDS', 60, 5, 600),
    mappingChildren: whole('WAYBILL_MAPPING_CHILDREN', 2, 1, 64),
    backlogMax: whole('WAYBILL_BACKLOG_MAX', 100_000, 1, 10_000_000),
    usageBacklogMax: whole('WAYBILL_USAGE_BACKLOG_MAX', 20_000_000, 1, 1_000_000_000),
    usageFreshSeconds: whole('WAYBILL_USAGE_FRESH_SECONDS', 1, 0, 3_600),
    exceptionHours: exceptionHours(text('WAYBILL_EXCEPTION_HOURS'), problems),
    egressAllow,
    foldersAllow,
    usageSealAfterMs:
      text('WAYBILL_USAGE_SEAL_AFTER_HOURS') === undefined ? undefined : whole('WAYBILL_USAGE_SEAL_AFTER_HOURS', 1, 1, 9_600) * 3_600_000,
    usageLate: usageLate === 'credit-memo' ? 'credit-memo' : 'next-period',
    masterKeys: masterKeys?.filter((key) => key !== undefined),
    masterKeyFile: text('WAYBILL_MASTER_KEY_FILE'),
    sealKey,
    sealFile: text('WAYBILL_SEAL_FILE'),
    sealUrl: url('WAYBILL_SEAL_URL', 'http', 'https'),
    ...seals,
    bootstrapAdminEmail: text('WAYBILL_BOOTSTRAP_ADMIN_EMAIL') ?? 'admin@waybill.local',
    bootstrapAdminPassword: password,
    bootstrapApiKey: apiKey,
    environment: text('WAYBILL_ENVIRONMENT') ?? 'local',
    publicUrl,
    trustedProxies,
    sessionIdleMinutes: whole('WAYBILL_SESSION_IDLE_MINUTES', 30, 1, 1_440),
    sessionHours: whole('WAYBILL_SESSION_HOURS', 12, 1, 168),
    smtpUrl,
    mailFrom,
    provider,
    logLevel: level,
    consoleDir: text('WAYBILL_CONSOLE_DIR'),
    packsDir: text('WAYBILL_PACKS_DIR'),
  };
  return { settings, problems };
}

const hoursOfCategories: Record<ExceptionCategory, number> = {
  'master-data': 24,
  transformation: 24,
  'api-failure': 8,
  duplicate: 48,
  'posting-rejection': 24,
};

function exceptionHours(raw: string | undefined, problems: string[]): Record<ExceptionCategory, number> {
  const hours = { ...hoursOfCategories };
  for (const part of raw === undefined ? [] : raw.split(',')) {
    const [category, value] = part.split('=').map((word) => word.trim());
    const known = exceptionCategories.find((name) => name === category);
    const number = /^\d{1,4}$/.test(value ?? '') ? Number(value) : 0;
    if (known !== undefined && number >= 1 && number <= 2_160) hours[known] = number;
    else
      problems.push(
        `WAYBILL_EXCEPTION_HOURS must hold parts such as api-failure=8, hours from 1 to 2160 for ${exceptionCategories.join(', ')}, not ${JSON.stringify(part.trim())}`,
      );
  }
  return hours;
}

/** How the place for seals knows us: one way or the other, and each whole. */
function sealPlaces(text: (name: string) => string | undefined, problems: string[]): Pick<Settings, 'sealAuthorization' | 'sealS3'> {
  const sealAuthorization = text('WAYBILL_SEAL_AUTHORIZATION');
  const [region, accessKeyId, secretAccessKey] = [
    text('WAYBILL_SEAL_BUCKET_REGION'),
    text('WAYBILL_SEAL_BUCKET_ACCESS_KEY'),
    text('WAYBILL_SEAL_BUCKET_SECRET_KEY'),
  ];
  const given = [region, accessKeyId, secretAccessKey].filter((part) => part !== undefined).length;
  if (given > 0 && given < 3)
    problems.push('WAYBILL_SEAL_BUCKET_REGION, WAYBILL_SEAL_BUCKET_ACCESS_KEY and WAYBILL_SEAL_BUCKET_SECRET_KEY must be set together');
  if (given > 0 && sealAuthorization !== undefined)
    problems.push('WAYBILL_SEAL_AUTHORIZATION and WAYBILL_SEAL_BUCKET_… must not both be set: a request is signed in one way');
  if ((given > 0 || sealAuthorization !== undefined) && text('WAYBILL_SEAL_URL') === undefined)
    problems.push('WAYBILL_SEAL_URL must be set where the access to it is');
  const place = text('WAYBILL_SEAL_URL');
  const { username, password, search, hash } = place !== undefined && URL.canParse(place) ? new URL(place) : new URL('http://none');
  if (username || password || search || hash)
    problems.push('WAYBILL_SEAL_URL must be an address alone: it is shown in the console, and names of objects are put behind it');
  const sealS3 = region && accessKeyId && secretAccessKey ? { region, accessKeyId, secretAccessKey } : undefined;
  return { sealAuthorization, sealS3 };
}

interface Reading {
  text: (name: string) => string | undefined;
  url: (name: string, ...protocols: string[]) => string | undefined;
  problems: string[];
}

function readProvider({ text, url, problems }: Reading): ProviderSettings | undefined {
  const issuer = url('WAYBILL_OIDC_ISSUER', 'https', 'http');
  const clientId = text('WAYBILL_OIDC_CLIENT_ID');
  const rolesOfGroup: Record<string, string[]> = {};
  for (const part of (text('WAYBILL_OIDC_ROLES') ?? '')
    .split(';')
    .map((p) => p.trim())
    .filter(Boolean)) {
    // The last `=` divides: groups of a directory hold some themselves (`cn=finance,ou=groups`).
    const at = part.lastIndexOf('=');
    const [group, roleNames] = [
      part.slice(0, Math.max(at, 0)).trim(),
      part
        .slice(at + 1)
        .split('+')
        .map((r) => r.trim()),
    ];
    if (group === '' || roleNames.some((name) => !/^[a-z][a-z-]*$/.test(name)))
      problems.push(`WAYBILL_OIDC_ROLES must hold parts such as finance-team=finance-operator+viewer, not ${JSON.stringify(part)}`);
    else rolesOfGroup[group] = roleNames;
  }
  const rest = {
    clientSecret: text('WAYBILL_OIDC_CLIENT_SECRET'),
    title: text('WAYBILL_OIDC_TITLE') ?? 'single sign-on',
    scopes: text('WAYBILL_OIDC_SCOPES') ?? 'openid email profile',
    groupsClaim: text('WAYBILL_OIDC_GROUPS_CLAIM') ?? 'groups',
    rolesOfGroup,
  };
  if (!rest.scopes.split(' ').includes('openid')) problems.push('WAYBILL_OIDC_SCOPES must hold openid');
  if (issuer === undefined) return undefined;
  if (clientId !== undefined) return { issuer, clientId, ...rest };
  problems.push('WAYBILL_OIDC_ISSUER needs WAYBILL_OIDC_CLIENT_ID');
  return undefined;
}

/** The 32 bytes of a master key, or undefined when it is not one. */
export function decodeKey(text: string): Buffer | undefined {
  const bytes = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  return bytes.length === 32 ? bytes : undefined;
}

function isCidr(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address ?? '');
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= (family === 4 ? 32 : 128);
}
