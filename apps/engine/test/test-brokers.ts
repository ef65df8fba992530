import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './test-redis.js';

/** Why tests of Kafka cannot run here, or nothing. */
export const missingKafka = (): string | undefined => (spawnSync('kcat', ['-V']).error ? 'there is no kcat on the path' : undefined);
/** Why tests of NATS cannot run here, or nothing. */
export const missingNats = (): string | undefined =>
  spawnSync('nats-server', ['--version']).error ? 'there is no nats-server on the path' : undefined;

export interface KafkaMessage {
  value: string | null;
  headers?: Record<string, string>;
  partition?: number;
  key?: string;
}

export interface TestKafka {
  brokers: string[];
  /** Makes a topic without a message in it. */
  touch(topic: string): Promise<void>;
  /** Each message by itself, through kcat. */
  produce(topic: string, messages: readonly KafkaMessage[]): Promise<void>;
  /** One message a line, compressed if so asked. */
  produceLines(topic: string, lines: readonly string[], more?: { codec?: string; partition?: number }): Promise<void>;
  /** What kcat reads of a topic: headers, key and value of each message. */
  consume(topic: string): Promise<{ headers: Record<string, string>; key: string; value: string }[]>;
  /** SIGKILL: the cluster lives in memory, so all of it is gone. */
  kill(): Promise<void>;
}

/** A cluster of one broker in memory, of the library that kcat is made of; it speaks the real protocol. The client beside it only keeps it alive. */
export async function startTestKafka(): Promise<TestKafka> {
  const alone = ['-C', '-t', 'kept-alive', '-o', 'end', '-b', 'mock:1', '-X', 'test.mock.num.brokers=1'];
  const child = spawn('kcat', alone, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const broker = await eventually(() => /replaced with ((?:localhost|127\.0\.0\.1):\d+)/.exec(said)?.[1], {
    what: 'a broker of kcat',
    withinMs: 10_000,
  });
  const folder = await mkdtemp(join(tmpdir(), 'waybill-kcat-'));
  const run = (args: string[], input?: string) => kcat(['-b', broker, ...args], input);
  return {
    brokers: [broker.replace('localhost', '127.0.0.1')],
    async touch(topic) {
      await run(['-L', '-t', topic]);
    },
    async produce(topic, messages) {
      for (const { value, headers = {}, partition = 0, key } of messages) {
        const given = Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}=${text}`]);
        const args = ['-P', '-t', topic, '-p', String(partition), ...given];
        // kcat sends no message without a key and a value.
        if (value === null) await run([...args, '-K', '|', '-Z'], `${key ?? 'key'}|\n`);
        else {
          if (key) args.push('-k', key);
          const file = join(folder, 'message');
          await writeFile(file, value);
          await run([...args, file]);
        }
      }
    },
    async produceLines(topic, lines, { codec, partition = 0 } = {}) {
      await run(['-P', '-t', topic, '-p', String(partition), ...(codec ? ['-z', codec] : [])], `${lines.join('\n')}\n`);
    },
    async consume(topic) {
      const lines = await run(['-C', '-t', topic, '-e', '-q', '-f', '%h\t%k\t%s\n']);
      return lines.split('\n').filter(Boolean).map((line) => {
        const [headers, key, value] = line.split('\t') as [string, string, string];
        return { headers: Object.fromEntries(headers.split(',').map((pair) => pair.split('=', 2) as [string, string])), key, value };
      }); // prettier-ignore
    },
    async kill() {
      await end(child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function kcat(args: string[], input?: string): Promise<string> {
  const child = spawn('kcat', args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout!.on('data', (bytes: Buffer) => out.push(bytes));
  child.stderr!.on('data', (bytes: Buffer) => complaints.push(bytes));
  child.stdin?.end(input);
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`kcat ${args.join(' ')}: ${Buffer.concat(complaints).toString()}`);
  return Buffer.concat(out).toString();
}

export interface TestNats {
  server: string;
  port: number;
  /** SIGKILL. What streams hold in files is kept. */
  kill(): Promise<void>;
  /** Again, on the same port and the same files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A nats-server with JetStream in a folder of its own. */
export async function startTestNats(args: readonly string[] = []): Promise<TestNats> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-nats-'));
  let child: ChildProcess;
  const nats: TestNats = {
    server: `127.0.0.1:${port}`,
    port,
    async start() {
      child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...args], { stdio: 'ignore' });
      await eventually(() => greets(port), { what: 'the greeting of nats-server', withinMs: 10_000 });
    },
    kill: () => end(child, 'SIGKILL'),
    async stop() {
      await end(child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await nats.start();
  return nats;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function greets(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('data', () => (socket.destroy(), done(true)));
    socket.once('error', () => done(false));
  });
}
