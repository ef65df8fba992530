import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ConnectionStore, installedConnectors } from '../../catalog/index.js';
import type { Logger } from '../../platform/telemetry/index.js';
import { LOGGER } from '../../platform/tokens.js';
import { limits } from './limits.js';
import { StreamReader } from './reader.store.js';
import { StreamStore, type WantedStream } from './streams.store.js';

const tickMs = 1_000;
/** Streams that a process takes at once: what is left is taken by the others, or a second later. */
const claimsMax = 3;

interface Reading {
  settingsAt: string;
  stop: AbortController;
  done: Promise<void>;
}

/** The streams that this process reads. Looks every second for streams that nobody reads, and stops those that the settings no longer name. */
@Injectable()
export class StreamReaders {
  private readonly holder = randomUUID();
  private readonly readings = new Map<string, Reading>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    @Inject(ConnectionStore) private readonly connections: ConnectionStore,
    @Inject(StreamStore) private readonly streams: StreamStore,
    @Inject(StreamReader) private readonly reader: StreamReader,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((error: unknown) => this.log.warn({ event: 'streams-not-looked-for', error: (error as Error).message }))
        .finally(() => (this.looking = undefined));
    }, tickMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
    for (const { stop } of this.readings.values()) stop.abort();
    await Promise.all([...this.readings.values()].map(({ done }) => done));
  }

  /** Streams of all connections that are on, as their settings name them. */
  async wanted(): Promise<WantedStream[]> {
    const all = await this.connections.all();
    return all.flatMap(({ name, connector, settings, state, updatedAt }) => {
      const usage = state === 'on' ? installedConnectors.get(connector)?.usage : undefined;
      const names = [...new Set(usage?.streams(settings) ?? [])].slice(0, limits.streamsOfConnectionMax);
      return names.map((stream) => ({ connection: name, stream, settingsAt: updatedAt }));
    });
  }

  private async look(): Promise<void> {
    const wanted = new Map((await this.wanted()).map((one) => [nameOf(one), one]));
    for (const [name, { settingsAt, stop }] of this.readings) if (wanted.get(name)?.settingsAt !== settingsAt) stop.abort();
    const free = [...wanted].filter(([name]) => !this.readings.has(name)).map(([, one]) => one);
    const claimed = await this.streams.claim(free, this.holder, Math.min(claimsMax, limits.readersMax - this.readings.size));
    for (const held of claimed) {
      const [name, stop] = [nameOf(held), new AbortController()];
      const done = this.reader.read(held, stop.signal).finally(() => this.readings.delete(name));
      this.readings.set(name, { settingsAt: held.settingsAt, stop, done });
      if (this.stopped) stop.abort();
    }
  }
}

const nameOf = ({ connection, stream }: { connection: string; stream: string }): string => `${connection} ${stream}`;
