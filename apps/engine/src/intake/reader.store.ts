import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@waybill/sdk';
import { ConnectionCalls } from '../catalog/index.js';

export const pageLimit = 100;

export interface StreamName {
  connection: string;
  stream: string;
}

/** Reads one page of a stream, under the limits and the breaker of its connection. */
@Injectable()
export class StreamReader {
  constructor(@Inject(ConnectionCalls) private readonly calls: ConnectionCalls) {}

  read(
    { connection, stream }: StreamName,
    ask: { cursor: string | null; since?: string; until?: string },
    signal: AbortSignal,
  ): Promise<Page> {
    return this.calls.call(
      connection,
      (context, { connector }) => connector.streams[stream]!.poll!.read(context, { stream, limit: pageLimit, ...ask }),
      { signal },
    );
  }
}
