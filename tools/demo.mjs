// The demo: builds, starts the engine with its embedded database, starts the sandbox (a billing platform and an ERP), connects them through
// the API and lets a company live through a month. Ctrl-C stops everything; a second start goes on where the first one stopped.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build, root } from './build.mjs';

const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
const say = (line = '') => console.log(line);
const step = (line) => say(`[${seconds().padStart(5)}] ${line}`);

const enginePort = Number(process.env.WAYBILL_PORT ?? 4180);
const sandboxPort = Number(process.env.WAYBILL_SANDBOX_PORT ?? 4190);
const dataDir = resolve(process.env.WAYBILL_DATA_DIR ?? join(root, '.waybill'), 'demo');
const access = {
  email: process.env.WAYBILL_BOOTSTRAP_ADMIN_EMAIL ?? 'admin@waybill.local',
  password: process.env.WAYBILL_BOOTSTRAP_ADMIN_PASSWORD ?? 'waybill-demo',
  apiKey: process.env.WAYBILL_BOOTSTRAP_API_KEY ?? 'waybill-demo-api-key-on-loopback-only',
  webhookSecret: 'whsec_waybill_demo',
};

/** Why the port cannot be had, or undefined. */
function taken(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`));
    server.listen(port, '127.0.0.1', () => server.close(() => done(undefined)));
  });
}

class Sentence extends Error {}

async function refusePorts() {
  const engine = await taken(enginePort);
  if (engine)
    throw new Sentence(
      `Port ${enginePort} ${engine}. Choose another: WAYBILL_PORT=4280 npm run demo. If a demo runs already, open http://localhost:${enginePort}.`,
    );
  const sandbox = await taken(sandboxPort);
  if (sandbox) throw new Sentence(`Port ${sandboxPort} ${sandbox}. Choose another: WAYBILL_SANDBOX_PORT=4290 npm run demo.`);
}

function startEngine(onLost) {
  const child = spawn(process.execPath, [join(root, 'apps/engine/dist/cli/waybill.js'), 'serve'], {
    cwd: root,
    detached: true, // a group of its own: Ctrl-C reaches this process only, which then stops everything in order
    env: {
      ...process.env,
      WAYBILL_PORT: String(enginePort),
      WAYBILL_DATA_DIR: dataDir,
      WAYBILL_EGRESS_ALLOW: [process.env.WAYBILL_EGRESS_ALLOW, '127.0.0.0/8'].filter(Boolean).join(','),
      WAYBILL_ENVIRONMENT: process.env.WAYBILL_ENVIRONMENT ?? 'demo',
      WAYBILL_LOG_LEVEL: process.env.WAYBILL_LOG_LEVEL ?? 'error',
      WAYBILL_BOOTSTRAP_ADMIN_EMAIL: access.email,
      WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: access.password,
      WAYBILL_BOOTSTRAP_API_KEY: access.apiKey,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const place = { data: undefined };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    for (const line of text.split('\n')) {
      const found = /^ {2}Data: (.*?) · queue: (.*)$/.exec(line);
      if (found) place.data = `${found[1]} (queue on ${found[2]})`;
      else if (/^ {2}(Starting|Bringing)/.test(line)) step(line.trim());
      else if (line.startsWith('{')) say(line);
    }
  });
  const ready = new Promise((done, fail) => {
    child.on('message', (message) => message?.ready && done(message.ready));
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      fail(new Sentence('The engine did not start; the reason stands above.'));
      onLost(code, signal);
    });
  });
  return { child, ready, place };
}

async function stopEngine(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 45_000);
  await ended;
  clearTimeout(late);
}

async function main() {
  await refusePorts();
  step('Building (the first time takes a while; later starts reuse it)');
  await build((name) => step(`  ${name}`));
  if (process.argv.includes('--fresh')) {
    const { embeddedFolder } = await import(pathToFileURL(join(root, 'apps/engine/dist/platform/database/index.js')).href);
    for (const folder of [await embeddedFolder(dataDir), dataDir]) await rm(folder, { recursive: true, force: true });
    step('The old demo data is gone');
  }
  const { calendarOf, liveThroughAMonth, reportUsage, runControls, saveSyntheticCheck, setUpDemo, startSandbox } = await import(
    pathToFileURL(join(root, 'apps/sandbox/dist/index.js')).href
  );
  const continues = existsSync(join(dataDir, 'sandbox.json'));

  const ended = new AbortController();
  /** What runs, in the order it was started. */
  const running = { engine: undefined, sandbox: undefined, living: Promise.resolve() };
  let stopping;
  const stop = (code) => {
    stopping ??= (async () => {
      ended.abort();
      await running.living.catch(() => undefined); // what the company was doing when it was stopped does not matter any more
      if (running.engine) await stopEngine(running.engine.child);
      await running.sandbox?.close();
      say('Stopped. Nothing is left running; `npm run demo` goes on from here.');
      process.exit(code);
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (say(), say('Stopping …'), void stop(0)));

  step('Starting the sandbox');
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const sandbox = await startSandbox({
    port: sandboxPort,
    dataFile: join(dataDir, 'sandbox.json'),
    // Days of the company pass in seconds; its usage is sealed and reported by a clock that does not hurry.
    usageGraceHours: 72,
    webhook: { url: `${engineUrl}/v1/hooks/stripe`, secret: access.webhookSecret },
  });
  running.sandbox = sandbox;
  const engine = startEngine((code, signal) => {
    if (stopping) return;
    say(`\nThe engine ended unexpectedly (${signal ?? `code ${code}`}). Its data is safe; start again with \`npm run demo\`.`);
    void stop(1);
  });
  running.engine = engine;
  await engine.ready;
  await setUpDemo({ engine: engineUrl, apiKey: access.apiKey, sandbox: sandbox.url, webhookSecret: access.webhookSecret, tell: step });
  step('Saving a synthetic check: a dollar there and back every quarter of an hour');
  const check = await readFile(join(root, 'mappings/sandbox-erp/stripe-to-erp-us.synthetic.yaml'), 'utf8');
  await saveSyntheticCheck({ engine: engineUrl, apiKey: access.apiKey, yaml: check });

  running.living = liveThroughAMonth({
    sandbox,
    now: () => new Date(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    signal: ended.signal,
  });
  const reporting = reportUsage({
    engine: engineUrl,
    apiKey: access.apiKey,
    sandbox,
    from: new Date((calendarOf(new Date()).burstEnd - 86_400) * 1000),
    sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    signal: ended.signal,
  });
  const controls = runControls({
    engine: engineUrl,
    apiKey: access.apiKey,
    calendar: calendarOf(new Date()),
    sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
    signal: ended.signal,
  });
  controls.catch((error) => ended.signal.aborted || console.error(`The demo's controls could not be run: ${error.stack ?? error}`));
  reporting.catch((error) => ended.signal.aborted || console.error(`The demo company reports no more usage: ${error.stack ?? error}`));
  running.living.catch((error) => {
    console.error(`The demo company stopped: ${error.stack ?? error}`);
    void stop(1);
  });
  say();
  say(`Waybill is ready, ${seconds()} after the start${continues ? '; it goes on where it was' : ''}`);
  say();
  say(`  Console   http://localhost:${enginePort}`);
  say(`  Sign in   ${access.email}  ${access.password}`);
  say(`  API key   ${access.apiKey}`);
  say(`  Sandbox   ${sandbox.url}  (billing and ERP; make it misbehave with PUT /faults)`);
  say(`  Data      ${engine.place.data ?? dataDir}`);
  say('  Stop      Ctrl-C; begin anew with npm run demo -- --fresh');
  say();
}

main().catch((error) => {
  console.error(
    `\nThe demo cannot start: ${error instanceof Sentence || error.message?.startsWith('The build failed') ? error.message : (error.stack ?? error)}`,
  );
  process.exit(1);
});
