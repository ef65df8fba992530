import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['/usr/lib', '/usr/local/lib'];

/** libfaketime for programs with threads, as Debian's package faketime has it; undefined where it is not installed. */
const library = (): string | undefined =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...readdirSync(folder).map((name) => join(folder, name))])
    .map((folder) => join(folder, 'faketime/libfaketimeMT.so.1'))
    .find((file) => existsSync(file));

export const hasFaketime = (): boolean => library() !== undefined;

/** What makes a process live by a clock that is so many seconds ahead (negative: behind). Its monotonic clock stays true, as that of a machine does. */
export const clockAhead = (seconds: number): Record<string, string> => ({
  LD_PRELOAD: library() ?? '',
  FAKETIME: `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}s`,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  DONT_FAKE_MONOTONIC: '1',
});
