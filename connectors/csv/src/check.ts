import { type CheckStep, type ConnectorContext, type Folder } from '@waybill/sdk';
import { nextOf, wanted } from './arrivals.js';
import { readFailure } from './failures.js';
import { withFolder } from './places.js';
import { rulesOf } from './reading.js';
import { shapeOf, text } from './settings.js';

/** Opens each folder of the settings and looks into it; writes nothing. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const folders = (['inFolder', 'outFolder'] as const).filter((name) => text(settings, name) !== '');
  if (folders.length === 0)
    return [{ name: 'Folders', ok: false, detail: 'The connection names no folder.', remedy: 'Name a folder to read from, one to write to, or both.' }];
  const steps: CheckStep[] = [];
  for (const which of folders) {
    const path = text(settings, which);
    const name = which === 'inFolder' ? 'Folder to read from' : 'Folder to write to';
    steps.push(await stepOf(name, context, () => withFolder(context, path, (folder) => (which === 'inFolder' ? lookIn(folder, context) : lookOut(folder)))));
  }
  return steps;
} // prettier-ignore

async function stepOf(name: string, { settings }: ConnectorContext, look: () => Promise<string>): Promise<CheckStep> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    const { message, facts } = readFailure(error, { what: 'look into the folder', settings });
    const remedy = facts.remedy ?? 'Check the address and the port; is the server up?';
    return { name, ok: false, detail: message, remedy };
  }
}

async function lookIn(folder: Folder, { settings, now }: ConnectorContext): Promise<string> {
  shapeOf(settings);
  const [files, rules] = [await folder.list(), rulesOf(settings)];
  const mine = wanted(files, rules);
  const { waiting } = nextOf(files, rules, { seen: {}, known: new Set(), now: now() });
  const held = waiting.length === 0 ? '' : ` ${waiting.length} not complete yet, the first ${waiting[0]!}.`;
  return `${mine.length === 1 ? '1 file of this connection lies' : `${mine.length} files of this connection lie`} there.${held}`;
}

async function lookOut(folder: Folder): Promise<string> {
  const files = await folder.list();
  return `${files.length === 1 ? '1 file lies' : `${files.length} files lie`} there. Whether it can be written is seen with the first file.`;
}
