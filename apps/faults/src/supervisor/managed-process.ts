import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { sleep, until } from '../waiting.js';

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  /** Standard output and error go here, incarnation after incarnation. */
  logFile: string;
  /** Has an IPC channel and says `{ ready }` over it; otherwise it counts as ready when `accepts` is true. */
  accepts?: () => Promise<boolean>;
}

/** What a child says over IPC. */
export interface ChildMessage {
  ready?: string;
  struck?: { point: string; action: string };
}

/** A bound for a machine that is very busy; a start takes two or three seconds on a quiet one. */
const startWithinMs = 180_000;
const restartPauseMs = 300;

/** A process that comes back by itself when it dies, until it is stopped. It may be killed, held and let go. */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private wanted = false;
  private isReady = false;
  /** Ends that nobody here asked for, of a process that was ready. One that does not start yet, since its database is away, is simply started again. */
  readonly surprises: string[] = [];
  private expectedEnd = false;
  private listeners = new Set<(message: ChildMessage) => void>();
  incarnation = 0;
  /** Of every incarnation: each leads a group of its own, in which its children stay when it is gone. */
  readonly groups = new Set<number>();

  constructor(private readonly spec: ProcessSpec) {}

  get name(): string {
    return this.spec.name;
  }

  get pid(): number | undefined {
    return this.child?.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  async start(): Promise<void> {
    this.wanted = true;
    this.launch();
    await this.ready();
  }

  /** It runs, is not held, and has said that it is ready. */
  get works(): boolean {
    return this.isReady && this.pid !== undefined && !this.isPaused;
  }

  /** Resolves when the present incarnation, or one after it, is ready. */
  ready(withinMs = startWithinMs): Promise<boolean> {
    return until(`${this.name} being ready`, withinMs, async () => {
      if (!this.isReady && this.spec.accepts && this.pid !== undefined) this.isReady = await this.spec.accepts();
      return this.isReady;
    });
  }

  /** SIGKILL; it comes back by itself unless `forGood`. */
  async kill(options: { forGood?: boolean } = {}): Promise<void> {
    if (options.forGood) this.wanted = false;
    await this.end('SIGKILL');
  }

  /** Says that the next end is wanted: for a process that ends itself on our word. */
  expectEnd(): void {
    this.expectedEnd = true;
  }

  pause(): void {
    if (this.pid !== undefined) process.kill(this.pid, 'SIGSTOP');
  }

  resume(): void {
    if (this.pid !== undefined) process.kill(this.pid, 'SIGCONT');
  }

  /** Held by a signal: state T in /proc. */
  get isPaused(): boolean {
    if (this.pid === undefined) return false;
    try {
      return /\) T /.test(readFileSync(`/proc/${this.pid}/stat`, 'utf8'));
    } catch {
      return false;
    }
  }

  /** SIGTERM and its exit code, null when it had to be killed; it does not come back. */
  async stop(withinMs = 35_000): Promise<number | null> {
    this.wanted = false;
    const child = this.child;
    if (!child || this.pid === undefined) return child?.exitCode ?? null;
    this.expectedEnd = true;
    const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    this.resume();
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
    const code = await ended;
    clearTimeout(late);
    return code;
  }

  send(message: object): void {
    this.child?.send(message);
  }

  /** No fail point strikes any more. */
  disarm(): void {
    this.expectedEnd = false;
    this.send({ disarm: true });
  }

  onMessage(listener: (message: ChildMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The last resort when the harness itself ends. */
  killNow(): void {
    this.wanted = false;
    if (this.pid !== undefined) process.kill(this.pid, 'SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (!child || this.pid === undefined) return;
    this.expectedEnd = true;
    this.isReady = false;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    await ended;
  }

  private launch(): void {
    this.incarnation += 1;
    this.isReady = false;
    const log = createWriteStream(this.spec.logFile, { flags: 'a' });
    // A group of its own: Ctrl-C in a terminal reaches the harness alone, which then closes what it opened.
    const child = spawn(this.spec.command, this.spec.args, {
      detached: true,
      env: this.spec.env,
      stdio: this.spec.accepts ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    if (child.pid !== undefined) this.groups.add(child.pid);
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.on('error', (error) => log.write(`${String(error)}\n`));
    child.on('message', (message: ChildMessage) => {
      if (message.ready !== undefined) this.isReady = true;
      for (const listener of this.listeners) listener(message);
    });
    child.once('exit', (code, signal) => {
      log.end();
      if (!this.expectedEnd && this.wanted && this.isReady)
        this.surprises.push(`${this.name} ended by itself: ${signal ?? `code ${code}`}, ${lastWords(this.spec.logFile)}`);
      this.isReady = false;
      this.expectedEnd = false;
      if (this.wanted) void sleep(restartPauseMs).then(() => this.wanted && this.launch());
    });
  }
}

/** The last error in a log, for whoever has to find out why a process ended. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n').filter((line) => /error|Error|cannot/.test(line) && !line.startsWith('{')); // prettier-ignore
  return lines.slice(-2).join(' | ').trim() || 'without a word';
}
