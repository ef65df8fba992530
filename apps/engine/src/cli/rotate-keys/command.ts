import { parseArgs } from 'node:util';
import { settingsOfProcess } from '../../config/index.js';
import { AuditStore, idOfKey, KeyFile, KeyRotation, type KeyUse } from '../../governance/index.js';
import { Database, useEmbeddedDatabase } from '../../platform/database/index.js';
import { isProblem } from '../../platform/problems/index.js';
import { masterKeyFile, masterKeys } from '../../master-keys.js';

export const rotateUsage = `waybill rotate-keys   Seal every secret with the master key that is first in the list; the engine may run meanwhile
  --new-key            make a new key first and put it before the others in the key file
  --check              only say which keys seal how many secrets

Where the keys are in WAYBILL_MASTER_KEY: put the new one behind the others everywhere, then before them, then run this, then take the old one away.`;

type Say = (line: string) => void;

/** Runs `waybill rotate-keys`; returns the exit code: 0 done, 1 it failed, 2 it was asked for wrongly. */
export async function runRotateKeys(args: readonly string[], say: Say): Promise<number> {
  let asked;
  try {
    asked = parseArgs({
      args: [...args],
      options: { 'new-key': { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    say(`${(error as Error).message}\n\n${rotateUsage}`);
    return 2;
  }
  if (asked.help) {
    say(rotateUsage);
    return 0;
  }
  const { settings, problems } = settingsOfProcess();
  const newKey = asked['new-key'] === true;
  if (newKey && settings.masterKeys)
    problems.push('--new-key needs a key file, and WAYBILL_MASTER_KEY is set: put a new key before the others there');
  if (problems.length > 0) {
    say(problems.join('\n'));
    return 2;
  }
  const embedded = settings.databaseUrl
    ? undefined
    : await useEmbeddedDatabase({ dataDir: settings.dataDir, port: settings.databasePort, log: () => undefined });
  const database = new Database({ url: embedded?.url ?? settings.databaseUrl!, poolMax: 4, onIdleError: () => undefined });
  try {
    if (newKey) say(`New key ${idOfKey(await new KeyFile(masterKeyFile(settings)).add())} in ${masterKeyFile(settings)}`);
    const keys = masterKeys(settings);
    const rotation = new KeyRotation(database, new AuditStore(), keys);
    if (!asked.check) {
      const actor = { kind: 'engine', id: 'waybill rotate-keys', name: 'waybill rotate-keys' } as const;
      const done = await rotation.rotate(actor, (n) => say(`  ${n} secrets …`));
      say(`${done} ${done === 1 ? 'secret' : 'secrets'} given to the key ${await keys.currentId()}`);
    }
    tellUses(await rotation.uses(), say);
    return 0;
  } catch (error) {
    if (!isProblem(error)) throw error;
    say(`${error.message} ${error.body().remedy}`);
    return 1;
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

function tellUses(uses: readonly KeyUse[], say: Say): void {
  if (uses.length === 0) return say('There is no secret yet.');
  for (const { kekId, current, secrets } of uses) say(`  ${kekId}  ${secrets} secrets${current ? ', seals what comes' : ''}`);
  if (uses.every(({ current }) => current))
    say('Keys that seal nothing here may be taken away. Keep them with the backups that were made before.');
}
