import { closeOnSignal, embeddedFolder, freePort, removeAtExit, repository } from '@waybill/faults';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineClient } from './clients.js';

const program = join(repository, 'apps/engine/dist/cli/waybill.js');
const endMs = 60_000;

/** The engine as people run it: one process with its embedded database and its own queue. */
export class Engine {
  readonly client: EngineClient;
  private child: ChildProcess | undefined;
  private folder = '';
  private readonly undo: (() => Promise<unknown> | void)[] = [];
  private readonly forget = closeOnSignal(this);

  private constructor(
    private readonly port: number,
    private readonly key: string,
  ) {
    this.client = new EngineClient(`http://127.0.0.1:${port}`, key);
  }

  static async start(port?: number): Promise<Engine> {
    const engine = new Engine(port ?? (await freePort()), `scenarios-${randomBytes(16).toString('hex')}`);
    engine.folder = await mkdtemp(join(tmpdir(), 'waybill-scenarios-'));
    // The database may have to lie elsewhere.
    for (const folder of [engine.folder, await embeddedFolder(engine.folder)])
      engine.undo.push(removeAtExit(folder), () => rm(folder, { recursive: true, force: true }));
    try {
      await engine.launch();
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), endMs);
      await ended;
      clearTimeout(late);
    }
    for (const step of this.undo.splice(0).reverse()) await step();
    this.forget();
  }

  private launch(): Promise<void> {
    const child = spawn(process.execPath, [program, 'serve'], {
      cwd: repository,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LANG: process.env['LANG'],
        WAYBILL_PORT: String(this.port),
        WAYBILL_DATA_DIR: this.folder,
        WAYBILL_EGRESS_ALLOW: '127.0.0.0/8',
        WAYBILL_ENVIRONMENT: 'test',
        WAYBILL_LOG_LEVEL: 'error',
        WAYBILL_CONSOLE_DIR: 'none',
        WAYBILL_BOOTSTRAP_API_KEY: this.key,
        WAYBILL_BOOTSTRAP_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const said: string[] = [];
    const keep = (text: string) => said.push(text) > 100 && said.shift();
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    return new Promise((done, fail) => {
      child.on('message', () => done());
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`The engine ended with ${code}:\n${said.join('')}`)));
    });
  }
}
