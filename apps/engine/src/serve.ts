import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.js';
import { AlertSending, AlertWatch, ControlRunner, ErasureStore, SyntheticRunner } from './assurance/index.js';
import { ConnectionCalls, PACKS_DIR } from './catalog/index.js';
import type { Settings } from './config/index.js';
import {
  AccessGuard,
  IdentityStore,
  isRole,
  KEY_ENCRYPTION,
  KeyFileError,
  SEAL_KEY,
  SealKeyError,
  sealKeyFrom,
  Sealing,
  ThrottleStore,
  type MasterKeys,
} from './governance/index.js';
import { Poller, RefusalStore, Unpacker } from './intake/index.js';
import { ReplayProgressStore, WorkingHoursStore } from './exceptions/index.js';
import { PeriodSealing, RollUp, StreamReaders, UsageControl, UsageLedger } from './ledger/index.js';
import { LaneWorker, ShadowStore, ShareWatch, Sweeper } from './pipeline/index.js';
import { Database, migrate, startEmbeddedDatabase, type EmbeddedDatabase } from './platform/database/index.js';
import { addressRules, EgressClient } from './platform/egress/index.js';
import { Folders } from './platform/folders/index.js';
import { serveConsole } from './platform/http/console-files.js';
import { engineActor, ProblemFilter } from './platform/http/index.js';
import { closeServer, instanceOf, makeAdapter } from './platform/http/server.js';
import { Mailer } from './platform/mail/index.js';
import { MappingPool } from './platform/mapping-runtime/index.js';
import { isProblem } from './platform/problems/index.js';
import { Doorbell, type QueueState, type Ring } from './platform/queue/index.js';
import { makeLogger, type Logger } from './platform/telemetry/index.js';
import { API_DOCUMENT } from './platform/tokens.js';
import { masterKeys } from './master-keys.js';
import { openApi } from './routes.js';
import { Rounds } from './rounds.js';
import { Scheduler } from './scheduler.js';

/** A running engine. */
export interface Engine {
  url: string;
  /** The first administrator, when this boot made it; the password only when it was made up. */
  admin: { email: string; password?: string } | undefined;
  /** Where the data lies. */
  dataPlace: string;
  queue: 'redis' | 'postgres';
  app: NestFastifyApplication;
  stop(): Promise<void>;
}

/** A boot that cannot go on, in a sentence that says what to do. */
export class BootError extends Error {}

/** Work under way may take so long to end by itself; then its calls are cut, and have a little longer to be written down. */
const drainMs = 30_000;
const lastWordsMs = 5_000;
/** A step of a stop that hangs does not keep the next from happening. */
const stepMsMax = 40_000;
const engineFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const rootFolder = resolve(engineFolder, '../..');

/** Boots the roles that the settings ask for, in order, and undoes what it began when a step fails. `tell` hears each step. */
export async function serve(settings: Settings, tell: (step: string) => void = () => undefined): Promise<Engine> {
  const log = makeLogger(settings.logLevel);
  const undo: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= undoAll(undo, log));
  try {
    return await boot(settings, tell, log, undo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function undoAll(undo: (() => Promise<void>)[], log: Logger): Promise<void> {
  for (const step of undo.splice(0).reverse())
    await withinTime(step()).catch((error: unknown) => log.warn({ event: 'stop-failed', error: String(error) }));
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(new Error('it took too long')), stepMsMax)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function boot(
  settings: Settings,
  tell: (step: string) => void,
  log: Logger,
  undo: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Engine> {
  refuseUnknownRolesOfGroups(settings);
  const embedded = await openDatabase(settings, tell);
  if (embedded) undo.push(() => embedded.stop());
  const databaseUrl = embedded?.url ?? settings.databaseUrl!;
  const migrateUrl = embedded?.migrateUrl ?? settings.databaseMigrateUrl ?? settings.databaseUrl!;
  tell('Bringing the schema up to date');
  const appRole = new URL(databaseUrl).username;
  await migrate(migrateUrl, appRole === new URL(migrateUrl).username ? undefined : decodeURIComponent(appRole)).catch((error: unknown) => {
    throw new BootError(
      `The database cannot be brought up to date: ${(error as Error).message}. Check DATABASE_URL and DATABASE_MIGRATE_URL.`,
    );
  });

  const database = new Database({
    url: databaseUrl,
    poolMax: settings.databasePoolMax,
    onIdleError: (error) => log.warn({ event: 'database-connection-lost', error: error.message }),
  });
  undo.push(() => database.close());
  const mappingPool = new MappingPool({ children: settings.mappingChildren, onEvent: (event, detail) => log.debug({ event, detail }) });
  undo.push(() => mappingPool.close());
  const egress = new EgressClient(addressRules(settings.egressAllow));
  undo.push(() => egress.close());
  const mailer = new Mailer(settings.smtpUrl, settings.mailFrom);
  undo.push(async () => mailer.close());

  tell(`Starting the queue on ${settings.redisUrl ? 'Redis' : 'PostgreSQL'}`);
  // Rings that are heard before the engine stands wait for it.
  let work: (ring: Ring) => Promise<void> = () => Promise.resolve();
  let startWork!: () => void;
  const standing = new Promise<void>((stands) => (startWork = stands));
  const answer = async (ring: Ring) => {
    await standing;
    await work(ring);
  };
  const doorbell = await Doorbell.open(
    {
      redisUrl: settings.redisUrl,
      databaseUrl,
      concurrency: settings.workers,
      onError: seldom((error) => log.warn({ event: 'queue-trouble', error: error.message })),
      onState: (state) => tellQueue(log, state),
    },
    settings.roles.includes('worker') ? answer : undefined,
  );
  undo.push(() => doorbell.close());
  undo.push(async () => startWork());

  tell('Starting the engine');
  const { version } = JSON.parse(readFileSync(join(engineFolder, 'package.json'), 'utf8')) as { version: string };
  const parts = {
    settings,
    logger: log,
    database,
    doorbell,
    mappingPool,
    egress,
    folders: new Folders(settings.foldersAllow),
    mailer,
    more: [
      { provide: KEY_ENCRYPTION, useValue: await loaded(masterKeys(settings)) },
      { provide: SEAL_KEY, useValue: await sealKey(settings) },
      { provide: PACKS_DIR, useValue: settings.packsDir ?? join(rootFolder, 'mappings') },
      { provide: API_DOCUMENT, useValue: openApi(version) },
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(parts), makeAdapter(settings.trustedProxies), {
    bodyParser: false,
    logger: ['error', 'fatal'],
    abortOnError: false,
  });
  app.useGlobalGuards(app.get(AccessGuard));
  app.useGlobalFilters(
    new ProblemFilter(log, (request, { code }) => {
      // A body that is too large is refused before its route sees it; it counts like every other refusal of a webhook.
      if (code !== 'BODY_TOO_LARGE' || request.routeOptions.url !== '/v1/hooks/:connection') return;
      const { connection } = request.params as { connection: string };
      app.get(RefusalStore).count(connection, code);
    }),
  );
  if (settings.roles.includes('scheduler')) {
    // Stopped after everything that may still write an entry.
    const sealing = app.get(Sealing);
    sealing.start();
    undo.push(() => sealing.stop());
  }
  const calls = app.get(ConnectionCalls);
  const lanes = app.get(LaneWorker);
  const unpacker = app.get(Unpacker);
  work = async (ring) => {
    if (ring.bell === 'lane') return lanes.work(ring);
    await unpacker.unpackNew();
  };
  doorbell.attendedBy((ring) => ring.bell === 'lane' && lanes.attends(ring));
  // The end, read from the bottom: no new work, what is under way ends, what does not end in time is cut and written down.
  undo.push(async () => {
    await Promise.all([closeServer(app, drainMs), lanes.stop(drainMs), unpacker.stop()]);
    await egress.close();
    await lanes.stop(lastWordsMs);
    await calls.leave();
  });
  undo.push(() => doorbell.quiet());
  const admin = await app
    .get(IdentityStore)
    .bootstrap(
      { email: settings.bootstrapAdminEmail, password: settings.bootstrapAdminPassword, apiKey: settings.bootstrapApiKey },
      engineActor,
    )
    .catch((error: unknown) => {
      if (!isProblem(error) || error.code !== 'PASSWORD_WEAK') throw error;
      throw new BootError(`The first administrator cannot be made: ${error.message} Change WAYBILL_BOOTSTRAP_ADMIN_PASSWORD.`);
    });

  await app.get(WorkingHoursStore).adopt(settings.exceptionHours, engineActor);

  if (settings.roles.includes('scheduler')) {
    const scheduler = new Scheduler(
      database,
      {
        sweep: (leads) => app.get(Sweeper).sweep(leads),
        unpackNew: () => unpacker.unpackNew(),
        pollDue: (leads) => app.get(Poller).pollDue(leads),
        resumeRuns: () => app.get(Poller).resumeAbandoned(),
        forgetOld: () => app.get(ThrottleStore).forgetOld(),
        rollUp: (leads) => app.get(RollUp).run(leads),
        controlUsage: (leads) => app.get(UsageControl).check(leads),
        sealUsage: (leads) => app.get(PeriodSealing).sealDue(leads),
        erase: (leads) => app.get(ErasureStore).work(leads),
        makeMonths: () => app.get(UsageLedger).makeMonths(),
        recountDue: () => app.get(WorkingHoursStore).recountDue(),
        watchReplays: () => app.get(ReplayProgressStore).watch(),
        watchShares: (leads) => app.get(ShareWatch).round(leads),
        mapShadows: (leads) => app.get(ShadowStore).round(leads),
        runControls: (leads) => app.get(ControlRunner).runDue(leads),
        runSynthetic: (leads) => app.get(SyntheticRunner).round(leads),
        lookForAlerts: (leads) => app.get(AlertWatch).lookAll(leads),
        sendAlerts: (leads) => app.get(AlertSending).sendDue(leads),
      },
      log,
    );
    scheduler.start();
    undo.push(() => scheduler.stop());
  }
  undo.push(() =>
    Promise.all([app.get(Poller).stop(), app.get(ControlRunner).stop(), app.get(SyntheticRunner).stop()]).then(() => undefined),
  );
  if (settings.roles.includes('worker')) {
    const rounds = new Rounds(doorbell, () => app.get(Sweeper).sweep(), log);
    rounds.start();
    undo.push(() => rounds.stop());
    const readers = app.get(StreamReaders);
    readers.start();
    undo.push(() => readers.stop());
  }
  startWork();
  if (settings.roles.includes('api')) await serveConsole(instanceOf(app), consoleFolder(settings));
  const url = await listen(app, settings);
  return { url, admin, dataPlace: embedded?.folder ?? hostOf(databaseUrl), queue: doorbell.backend, app, stop };
}

function refuseUnknownRolesOfGroups({ provider }: Settings): void {
  const unknown = Object.values(provider?.rolesOfGroup ?? {})
    .flat()
    .filter((name) => !isRole(name));
  if (unknown.length > 0) throw new BootError(`WAYBILL_OIDC_ROLES names roles that do not exist: ${unknown.join(', ')}.`);
}

/** What the log says of the queue. Eviction needs a person; a queue that is away is mended by coming back. */
function tellQueue(log: Logger, state: QueueState): void {
  if (state.is === 'evicts')
    log.error({ event: 'queue-evicts', policy: state.policy, remedy: 'Set maxmemory-policy of the Redis to noeviction.' });
  else log.warn({ event: `queue-${state.is}`, ...('why' in state ? { error: state.why } : {}) });
}

/** The first of a row of equal complaints, then one each half minute: a queue that is away complains all the time. */
function seldom(tell: (error: Error) => void): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const now = performance.now();
    if (now - (told.get(error.message) ?? -Infinity) < 30_000) return;
    if (told.size >= 100) told.clear();
    told.set(error.message, now);
    tell(error);
  };
}

async function openDatabase(settings: Settings, tell: (step: string) => void): Promise<EmbeddedDatabase | undefined> {
  if (settings.databaseUrl) return undefined;
  tell('Starting the embedded PostgreSQL');
  return startEmbeddedDatabase({ dataDir: settings.dataDir, port: settings.databasePort, log: tell });
}

async function loaded(keys: MasterKeys): Promise<MasterKeys> {
  return keys.load().catch((error: unknown) => {
    throw error instanceof KeyFileError ? new BootError(error.message) : error;
  });
}

const sealKey = (settings: Settings) =>
  sealKeyFrom(settings).catch((error: unknown) => {
    throw error instanceof SealKeyError ? new BootError(error.message) : error;
  });

function consoleFolder(settings: Settings): string | undefined {
  if (settings.consoleDir === 'none') return undefined;
  return settings.consoleDir ?? join(rootFolder, 'apps/console/dist');
}

async function listen(app: NestFastifyApplication, settings: Settings): Promise<string> {
  try {
    await app.listen(settings.port, settings.host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new BootError(`Port ${settings.port} is taken. Set WAYBILL_PORT to a free one, or end what uses it.`);
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      throw new BootError(`Port ${settings.port} may not be used by this user. Set WAYBILL_PORT to one above 1023.`);
    throw error;
  }
  const address = instanceOf(app).server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  return `http://${settings.host === '127.0.0.1' || settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${port}`;
}

function hostOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${host}${pathname}`;
}
