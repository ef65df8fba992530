import { isIP } from 'node:net';

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
  egressAllow: string[];
  /** 32 bytes in hex or base64; undefined: a key file in `dataDir`. */
  masterKey: string | undefined;
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
  logLevel: string;
  consoleDir: string | undefined;
  packsDir: string | undefined;
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
    name: 'WAYBILL_EGRESS_ALLOW',
    fallback: 'none',
    meaning: 'CIDRs inside your network that connectors may reach, separated by commas; plain http is allowed there',
  },
  { name: 'WAYBILL_MASTER_KEY', fallback: 'key file in the data folder', meaning: '32 bytes in hex or base64 that seal the secrets' },
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
  { name: 'WAYBILL_BOOTSTRAP_ADMIN_PASSWORD', fallback: 'made up and printed once', meaning: 'Its password, 12 characters or more' },
  {
    name: 'WAYBILL_BOOTSTRAP_API_KEY',
    fallback: 'none',
    meaning: 'An admin key with this value, 20 characters or more, made at first boot, for automation',
  },
  { name: 'WAYBILL_ENVIRONMENT', fallback: 'local', meaning: 'Shown in the console: `production`, `staging` …' },
  { name: 'WAYBILL_PUBLIC_URL', fallback: 'http://localhost:<port>', meaning: 'Address that people and webhooks use' },
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
  const apiKey = text('WAYBILL_BOOTSTRAP_API_KEY');
  if (apiKey !== undefined && apiKey.length < 20) problems.push('WAYBILL_BOOTSTRAP_API_KEY must have 20 characters or more');
  const password = text('WAYBILL_BOOTSTRAP_ADMIN_PASSWORD');
  if (password !== undefined && password.length < 12) problems.push('WAYBILL_BOOTSTRAP_ADMIN_PASSWORD must have 12 characters or more');
  const masterKey = text('WAYBILL_MASTER_KEY');
  if (masterKey !== undefined && decodeKey(masterKey) === undefined)
    problems.push('WAYBILL_MASTER_KEY must be 32 bytes in hex (64 digits) or base64');
  const sealKey = text('WAYBILL_SEAL_KEY');
  if (sealKey !== undefined && decodeKey(sealKey) === undefined)
    problems.push('WAYBILL_SEAL_KEY must be 32 bytes in hex (64 digits) or base64');
  const seals = sealPlaces(text, problems);
  const level = text('WAYBILL_LOG_LEVEL') ?? 'info';
  if (!['debug', 'info', 'warn', 'error', 'silent'].includes(level))
    problems.push(`WAYBILL_LOG_LEVEL must be debug, info, warn or error, not ${JSON.stringify(level)}`);
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
    egressAllow,
    masterKey,
    sealKey,
    sealFile: text('WAYBILL_SEAL_FILE'),
    sealUrl: url('WAYBILL_SEAL_URL', 'http', 'https'),
    ...seals,
    bootstrapAdminEmail: text('WAYBILL_BOOTSTRAP_ADMIN_EMAIL') ?? 'admin@waybill.local',
    bootstrapAdminPassword: password,
    bootstrapApiKey: apiKey,
    environment: text('WAYBILL_ENVIRONMENT') ?? 'local',
    publicUrl: url('WAYBILL_PUBLIC_URL', 'http', 'https'),
    logLevel: level,
    consoleDir: text('WAYBILL_CONSOLE_DIR'),
    packsDir: text('WAYBILL_PACKS_DIR'),
  };
  return { settings, problems };
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
