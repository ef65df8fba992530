import { randomBytes } from 'node:crypto';
import { idOfKey, seal, unseal } from './envelope.js';
import { UnknownKey, type KeyEncryption, type WrappedKey } from './key-encryption.js';

/**
 * Master keys in the memory of this process. The first seals, all of them open. `read` is asked again when something is sealed and when a key is
 * missing: another process may have added one.
 */
export class MasterKeys implements KeyEncryption {
  private keys: ReadonlyMap<string, Buffer> = new Map();

  constructor(private readonly read: () => Promise<readonly Buffer[]>) {}

  /** Reads the keys; throws what the reading throws. */
  async load(): Promise<this> {
    this.keys = new Map((await this.read()).map((key) => [idOfKey(key), key]));
    return this;
  }

  async currentId(): Promise<string> {
    if (this.keys.size === 0) await this.load();
    return [...this.keys.keys()][0]!;
  }

  async wrap(dataKey: Buffer, bound: Buffer): Promise<WrappedKey> {
    await this.load(); // a process that went on sealing with the key before would need it for ever
    const kekId = await this.currentId();
    return { kekId, ...seal(this.keys.get(kekId)!, dataKey, bound, randomBytes(12)) };
  }

  async unwrap(wrapped: WrappedKey, bound: Buffer): Promise<Buffer> {
    if (!this.keys.has(wrapped.kekId)) await this.load();
    const key = this.keys.get(wrapped.kekId);
    if (!key) throw new UnknownKey(wrapped.kekId);
    return unseal(key, wrapped, bound);
  }
}
