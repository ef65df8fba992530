import { isFileName, misconfigured, type Folder, type FolderFile } from '@waybill/sdk';

/** A folder in memory, and what was done to it. */
export class MemoryFolder implements Folder {
  /** By name; what was moved into another folder by `folder/name`. */
  readonly files = new Map<string, { content: Buffer; modifiedAt: string }>();
  readonly moves: string[] = [];
  pieceBytes = 7;
  /** Called before a piece is read. */
  onRead: (name: string) => void = () => undefined;

  put(name: string, content: string | Buffer, modifiedAt = '2026-11-26T00:00:00.000Z'): this {
    this.files.set(name, { content: Buffer.from(content), modifiedAt });
    return this;
  }

  list(): Promise<FolderFile[]> {
    return Promise.resolve([...this.files.keys()].filter((name) => isFileName(name)).map((name) => this.fileOf(name)!));
  }

  look(name: string): Promise<FolderFile | undefined> {
    return Promise.resolve(this.fileOf(name));
  }

  async *read(name: string, from: number): AsyncGenerator<Buffer> {
    for (let at = from; ; at += this.pieceBytes) {
      await Promise.resolve();
      this.onRead(name);
      const file = this.files.get(name);
      if (!file) throw misconfigured({ code: 'enoent', message: `${name} is gone` });
      if (at >= file.content.length) return;
      yield file.content.subarray(at, at + this.pieceBytes);
    }
  }

  write(name: string, content: Buffer): Promise<void> {
    this.put(name, content);
    return Promise.resolve();
  }

  move(name: string, { into, name: newName }: { into?: string; name: string }): Promise<void> {
    const to = into === undefined ? newName : `${into}/${newName}`;
    this.files.set(to, this.files.get(name)!);
    this.files.delete(name);
    this.moves.push(`${name} -> ${to}`);
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    this.moves.push(`${name} removed`);
    return Promise.resolve();
  }

  private fileOf(name: string): FolderFile | undefined {
    const file = this.files.get(name);
    return file && { name, bytes: file.content.length, modifiedAt: file.modifiedAt };
  }
}
