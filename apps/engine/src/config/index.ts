import { readSettings, type Settings } from './settings.js';

/** The settings of this process. The only place that reads `process.env`. */
export function settingsOfProcess(): { settings: Settings; problems: string[] } {
  return readSettings(process.env);
}

export * from './settings.js';
