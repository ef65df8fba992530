import { readSettings, type Settings } from './settings.js';

/** The settings of this process. The only place that reads `process.env`. */
export function settingsOfProcess(): { settings: Settings; problems: string[] } {
  return readSettings(process.env);
}

/** One value by a name that a file of the installation gives it, such as a secret. */
export const valueInEnvironment = (name: string): string | undefined => process.env[name];

/** What a process that we start inherits: the environment without our settings, so that it has only those which it is given. */
export function environmentForChildren(settings: Record<string, string>): Record<string, string | undefined> {
  const ours = /^(WAYBILL_|DATABASE_|REDIS_URL$)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...settings };
}

export * from './settings.js';
