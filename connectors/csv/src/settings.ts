import { isFileName, misconfigured, ownErrorRows, secret, type JsonObject, type JsonSchema } from '@waybill/sdk';
import type { RowShape } from './row.js';

const column = { type: 'string', minLength: 1, maxLength: 100, pattern: '^[^\\x00-\\x1f\\x7f]*$' } as const;
const columns = { type: 'array', minItems: 1, maxItems: 200, uniqueItems: true, items: column } as const;
const path = { type: 'string', minLength: 1, maxLength: 500, pattern: '^[^\\x00-\\x1f\\x7f\\\\]*$' } as const;

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system', 'transport'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system for ever: csv/<system>.' },
    transport: { enum: ['folder', 'sftp'], title: 'Where the files are', description: 'folder: on the machine of the engine, where the operator allowed it (WAYBILL_FOLDERS_ALLOW). sftp: on a server.' },

    address: { type: 'string', 'x-destination': true, title: 'SFTP server', description: 'host:port', pattern: '^[^\\s:/]{1,253}:[0-9]{1,5}$' },
    hostFingerprint: { type: 'string', title: 'Fingerprint of the server', description: 'Of its host key, as ssh-keygen -l shows it: SHA256:… A server with another key is refused.', pattern: '^SHA256:[A-Za-z0-9+/]{43}$' },
    username: { type: 'string', title: 'User name', minLength: 1, maxLength: 100 },
    password: secret('Password'),
    privateKey: { ...secret('Private key', { description: 'OpenSSH or PEM, instead of a password.' }), maxLength: 20_000 },
    passphrase: secret('Passphrase of the private key'),

    inFolder: { ...path, title: 'Folder to read from' },
    files: { type: 'string', title: 'Files to read', description: 'A name with * and ?, such as invoices-*.csv.', pattern: '^[^/\\\\\\x00-\\x1f.][^/\\\\\\x00-\\x1f]{0,99}$', default: '*.csv' },
    readyBy: { enum: ['quiet', 'marker'], title: 'When a file is complete', description: 'quiet: size and time have stayed the same for the quiet time. marker: a file with its name and the ending of the marker lies beside it.', default: 'quiet' },
    quietSeconds: { type: 'integer', title: 'Quiet time', description: 'Seconds. 0 where files come under another name and are renamed when they are whole.', minimum: 0, maximum: 86_400, default: 60 },
    markerEnding: { type: 'string', title: 'Ending of the marker', pattern: '^\\.[A-Za-z0-9._-]{1,20}$', default: '.done' },
    order: { enum: ['name', 'modified'], title: 'Order of the files', default: 'name' },
    afterRead: { enum: ['archive', 'mark', 'leave'], title: 'After a file was read', description: 'archive: it is moved into the archive. mark: it is renamed. leave: it stays as it is, and is remembered.', default: 'archive' },
    archive: { type: 'string', title: 'Archive', description: 'Name of a folder inside the folder to read from.', pattern: '^[A-Za-z0-9_][A-Za-z0-9._ -]{0,99}$', default: 'archive' },

    delimiter: { enum: [',', ';', '\t', '|'], title: 'Delimiter', default: ',' },
    encoding: { enum: ['utf-8', 'windows-1252', 'iso-8859-1'], title: 'Encoding', default: 'utf-8' },
    header: { enum: ['first-row', 'none'], title: 'Header', description: 'Where the names of the columns are: in the first row of each file, or in Columns.', default: 'first-row' },
    columns: { ...columns, title: 'Columns', description: 'Without a header: the names, in their order. With a header: columns that each file must have.' },
    keyColumns: { ...columns, maxItems: 5, title: 'Key of a row', description: 'Columns that name a record in every file that it comes in. Left out: file and row name it, and a corrected file is all new records.' },
    megabytesMax: { type: 'integer', title: 'Largest file', description: 'In megabytes. A larger one is refused.', minimum: 1, maximum: 2000, default: 200 },

    outFolder: { ...path, title: 'Folder to write to' },
    formulaSafe: { type: 'boolean', title: 'Safe for spreadsheets', description: 'Puts an apostrophe before text that a spreadsheet would run as a formula.', default: false },
    errors: ownErrorRows,
  },
}; // prettier-ignore

const properties = settingsSchema['properties'] as Record<string, JsonSchema>;

/** A text setting with its default; empty when there is none. */
export function text(settings: JsonObject, name: string): string {
  const value = settings[name] ?? properties[name]?.['default'];
  return typeof value === 'string' ? value : '';
}

export function texts(settings: JsonObject, name: string): string[] {
  const value = settings[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export const number = (settings: JsonObject, name: string): number => Number(settings[name] ?? properties[name]?.['default']);

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'system') ? `csv/${text(settings, 'system')}` : undefined;

/** How the files to read are written. */
export function shapeOf(settings: JsonObject): RowShape {
  const [named, keys] = [texts(settings, 'columns'), texts(settings, 'keyColumns')];
  const hasHeader = text(settings, 'header') === 'first-row';
  const columns = hasHeader ? [...new Set([...named, ...keys])] : named;
  if (!hasHeader && (named.length === 0 || keys.some((key) => !named.includes(key))))
    throw misconfigured({
      code: 'setting-missing',
      message: 'The files have no header, and the connection does not name their columns, those of the key among them.',
      remedy: 'Name the columns, or let the first row be the header.',
    });
  return { delimiter: text(settings, 'delimiter'), encoding: text(settings, 'encoding'), hasHeader, columns };
}

/** The folder of a direction; throws `misconfigured` when the connection names none. */
export function folderOf(settings: JsonObject, name: 'inFolder' | 'outFolder'): string {
  const path = text(settings, name);
  if (path !== '') return path;
  throw misconfigured({
    code: 'setting-missing',
    message: `The connection names no folder to ${name === 'inFolder' ? 'read from' : 'write to'}.`,
    remedy: `Fill it in, or pause the flows that ${name === 'inFolder' ? 'begin at rows' : 'end at files'}.`,
  });
}

/** `*` any text, `?` one sign. A regular expression of many stars could take for ever; this goes back to the last star alone. */
export function matcherOf(pattern: string): (name: string) => boolean {
  return (name) => {
    if (!isFileName(name)) return false;
    let [at, part, star, from] = [0, 0, -1, 0];
    while (at < name.length) {
      if (pattern[part] === '*') [star, from, part] = [part, at, part + 1];
      else if (pattern[part] === '?' || pattern[part] === name[at]) [at, part] = [at + 1, part + 1];
      else if (star >= 0) [from, at, part] = [from + 1, from + 1, star + 1];
      else return false;
    }
    while (pattern[part] === '*') part += 1;
    return part === pattern.length;
  };
}
