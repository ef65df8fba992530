import { join, resolve } from 'node:path';
import type { Settings } from './config/index.js';
import { KeyFile, MasterKeys } from './governance/index.js';

/** Beside the data, unless the setting says where. */
export const masterKeyFile = (settings: Settings): string => settings.masterKeyFile ?? join(resolve(settings.dataDir), 'master.key');

/** From the setting, else from the key file, which is made when it is not there. */
export const masterKeys = (settings: Settings): MasterKeys =>
  new MasterKeys(async () => settings.masterKeys ?? new KeyFile(masterKeyFile(settings)).keys());
