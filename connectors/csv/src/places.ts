import type { ConnectorContext, Folder } from '@waybill/sdk';
import { readFailure } from './failures.js';
import { text } from './settings.js';
import { withSftp } from './sftp.js';

/** Opens a folder where the connection has its files, for one call. What fails while nothing can have been written is a failure of reading. */
export async function withFolder<T>(context: ConnectorContext, path: string, run: (folder: Folder) => Promise<T>): Promise<T> {
  try {
    if (text(context.settings, 'transport') === 'sftp') return await withSftp(context, path, run);
    return await run(await context.folder(path));
  } catch (error) {
    throw readFailure(error, { what: `use the folder ${path}`, settings: context.settings });
  }
}
