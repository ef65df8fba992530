import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * State as one JSON file, so that a second start goes on where the first one stopped. Saved at most every half second and
 * at close, written beside and renamed, so a killed process leaves the last whole file.
 */
export class SavedState<T extends object> {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: string | undefined,
    private readonly read: () => T,
  ) {}

  static load<T>(file: string | undefined): T | undefined {
    return file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  }

  /** Something changed. */
  touch = (): void => {
    if (this.file) this.timer ??= setTimeout(() => void this.flush(), 500);
  };

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { file } = this;
    if (!file) return;
    const text = JSON.stringify(this.read());
    this.writing = this.writing.then(async () => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, text, { mode: 0o600 });
      await rename(`${file}.new`, file);
    });
    await this.writing;
  }
}
