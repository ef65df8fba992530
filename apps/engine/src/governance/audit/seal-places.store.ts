import { AwsV4Signer } from 'aws4fetch';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HttpClient } from '@waybill/sdk';

/** A seal on its way out. */
export interface SealCopy {
  number: number;
  /** In hex. */
  hash: string;
  line: string;
}

/** Somewhere outside the database that keeps seals. A repeat of the same seal does no harm, so whoever is not sure sends it again. */
export interface SealPlace {
  readonly name: 'file' | 'http';
  readonly address: string;
  /** So many at a time. */
  readonly batchMax: number;
  /** The newest seal that the place itself says it has; undefined when only our notes can tell. */
  newest?(): Promise<{ number: number; hash: string } | undefined>;
  /** All are kept when this returns; a throw says that some may not be. */
  keep(copies: readonly SealCopy[]): Promise<void>;
}

const tailBytes = 64 * 1024;

/** A file that is only ever written at its end; set `chattr +a` on it, or have another machine collect it. */
export class SealFile implements SealPlace {
  readonly name = 'file';
  readonly batchMax = 500;

  constructor(
    readonly address: string,
    private readonly hashOf: (line: string) => { number: number; hash: string } | undefined,
  ) {}

  async newest(): Promise<{ number: number; hash: string } | undefined> {
    const tail = await this.tail();
    for (const line of tail.split('\n').reverse()) {
      const found = line === '' ? undefined : this.hashOf(line);
      if (found) return found;
    }
    return undefined;
  }

  async keep(copies: readonly SealCopy[]): Promise<void> {
    await mkdir(dirname(this.address), { recursive: true });
    // A line that a crash cut short stays, on a line of its own: what is only appended to cannot be mended otherwise.
    const whole = ((await this.tail()) || '\n').endsWith('\n');
    const file = await open(this.address, 'a', 0o640);
    try {
      await file.appendFile(`${whole ? '' : '\n'}${copies.map(({ line }) => `${line}\n`).join('')}`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  private async tail(): Promise<string> {
    const file = await open(this.address, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return '';
    try {
      const { size } = await file.stat();
      const length = Math.min(size, tailBytes);
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8');
    } finally {
      await file.close();
    }
  }
}

/** How the place knows that it is us: a header of its own kind, or the signatures of S3. */
export type SealPlaceAccess =
  | { kind: 'none' }
  | { kind: 'header'; authorization: string }
  | { kind: 's3'; region: string; accessKeyId: string; secretAccessKey: string };

/** Objects under an address, one a seal, by PUT: S3 and what speaks like it, or any server that keeps what is put. */
export class SealObjects implements SealPlace {
  readonly name = 'http';
  readonly batchMax = 20;

  constructor(
    readonly address: string,
    private readonly access: SealPlaceAccess,
    private readonly http: HttpClient,
  ) {}

  async keep(copies: readonly SealCopy[]): Promise<void> {
    for (const copy of copies) await this.put(copy);
  }

  /** The name sorts like the log; the hash in it keeps a seal of another line from taking this one's place. */
  private async put({ number, hash, line }: SealCopy): Promise<void> {
    const url = `${this.address.replace(/\/$/, '')}/seal-${String(number).padStart(12, '0')}-${hash.slice(0, 16)}.json`;
    const body = `${line}\n`;
    const headers = await this.headers(url, body);
    const { status } = await this.http.request({ method: 'PUT', url, headers, body, timeoutMs: 10_000 });
    if (status < 200 || status > 299) throw new Error(`${new URL(url).host} answered ${status} to the PUT of seal ${number}`);
  }

  private async headers(url: string, body: string): Promise<Record<string, string>> {
    const plain = { 'content-type': 'application/json' };
    if (this.access.kind === 'none') return plain;
    if (this.access.kind === 'header') return { ...plain, authorization: this.access.authorization };
    const { region, accessKeyId, secretAccessKey } = this.access;
    const signer = new AwsV4Signer({ method: 'PUT', url, headers: plain, body, service: 's3', region, accessKeyId, secretAccessKey });
    const { headers } = await signer.sign();
    return Object.fromEntries([...headers].filter(([name]) => name !== 'host'));
  }
}
