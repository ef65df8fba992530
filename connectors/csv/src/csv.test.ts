// What every connector owes; rows that come once and in order, files that are read when they are whole and put away when they are committed; nothing is lost.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type JsonObject, type Page } from '@waybill/sdk';
import { describeConnector, testContext, unreachableHttp } from '@waybill/sdk/conformance';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { MemoryFolder } from '../test/memory-folder.js';
import { contentOf, fileBytesMax } from './content.js';
import { filesMax } from './cursor.js';
import { refusalOf } from './delivery.js';
import { csv } from './index.js';
import { archived } from './reading.js';
import { recordBytesMax } from './records.js';
import { matcherOf, settingsSchema } from './settings.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const sftp: JsonObject = {
  system: 'bank',
  transport: 'sftp',
  address: 'files.invalid:22',
  hostFingerprint: `SHA256:${'A'.repeat(43)}`,
  username: 'waybill',
  password: 'a-password-of-the-test',
  inFolder: '/in',
};
const facts = {
  name: 'a.csv',
  checksum: 'c'.repeat(64),
  modifiedAt: '2026-11-26T00:00:00.000Z',
  begunAt: '2026-11-27T06:00:00.000Z',
  rows: 2,
};
const sample = (values: object) => ({ id: 'rows/c/2', via: 'poll' as const, stream: 'rows', body: JSON.stringify({ file: 'a.csv', ...facts, row: 2, values }) }); // prettier-ignore

describeConnector(csv, { describe, it, expect, ajv, settings: sftp, unpack: { deliveries: [sample({ id: '1' })] } });

let folder: MemoryFolder;
let now: Date;
const local: JsonObject = { system: 'bank', transport: 'folder', inFolder: '/srv/in', outFolder: '/srv/out' };
const contextOf = (settings: JsonObject = {}) =>
  testContext({ settings: { ...local, ...settings }, http: unreachableHttp(), folder: () => Promise.resolve(folder), now: () => now });
beforeEach(() => {
  folder = new MemoryFolder();
  now = new Date('2026-11-27T06:00:00Z');
});

const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));
const read = (cursor: string | null, settings: JsonObject = {}, more: { limit?: number; since?: string; until?: string } = {}) =>
  csv.streams.rows.poll!.read(contextOf(settings), { stream: 'rows', cursor, limit: 100, ...more });
/** Reads until nothing more is there; each page from the cursor that was committed before. */
async function readAll(settings: JsonObject = {}, { cursor = null as string | null, limit = 100 } = {}): Promise<Page> {
  const deliveries: Page['deliveries'] = [];
  for (let pages = 0; pages < 2_000; pages += 1) {
    const page = await read(cursor, settings, { limit });
    deliveries.push(...page.deliveries);
    cursor = page.cursor;
    if (!page.more) return { deliveries, cursor, more: false };
  }
  throw new Error('it does not end');
}
/** What a delivery is to the engine: the row, or the sentence why there is none. */
const shown = (page: Page, settings: JsonObject = {}) =>
  page.deliveries.map((delivery) => {
    try {
      const [record] = csv.unpack(delivery, { ...local, ...settings });
      return Object.values(record!.body).join(' ');
    } catch (error) {
      return isConnectorFailure(error) ? `${error.facts.code}: ${error.message}` : String(error);
    }
  });
const failureOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts : error;
};
const table = (rows: number) => `id,amount\n${Array.from({ length: rows }, (_, n) => `${n + 1},${n}.50\n`).join('')}`;

describe('rows', () => {
  it('of more than one page come once each and in order, whatever the pieces are, and by the byte where the page before ended', async () => {
    folder.put('a.csv', table(25));
    for (const pieceBytes of [1, 7, 4_096]) {
      folder.pieceBytes = pieceBytes;
      const page = await readAll({ afterRead: 'leave' }, { limit: 4 });
      expect(shown(page)).toEqual(Array.from({ length: 25 }, (_, n) => `${n + 1} ${n}.50`));
      expect(new Set(page.deliveries.map(({ id }) => id)).size).toBe(25);
    }
  });
  it('keep what is in quotes: delimiters, line breaks, quotes, blanks', async () => {
    folder.put('a.csv', '\ufeffid;memo\r\n1;"a;b"\r\n2;"two\r\nlines"\r\n3;"say ""hi"""\r\n\r\n4; x \r\n5;');
    const page = await readAll({ delimiter: ';' });
    expect(page.deliveries.map((one) => (JSON.parse(one.body) as { values: object }).values)).toEqual([
      { id: '1', memo: 'a;b' }, { id: '2', memo: 'two\r\nlines' }, { id: '3', memo: 'say "hi"' }, { id: '4', memo: ' x ' }, { id: '5', memo: '' },
    ]); // prettier-ignore
    const [first] = csv.unpack(page.deliveries[0]!, local);
    expect(first).toMatchObject({ occurredAt: '2026-11-26T00:00:00.000Z', delivery: { file: 'a.csv', row: 2, rows: 7 } });
    expect(csv.unpack(page.deliveries[4]!, local)[0]!.delivery).toMatchObject({ row: 7 });
  });
  it.each([['windows-1252', Buffer.from([0x80])], ['iso-8859-1', Buffer.from([0xe9])], ['utf-8', Buffer.from('é')]])('are read as %s', async (encoding, bytes) => {
    folder.put('a.csv', Buffer.concat([Buffer.from('x\n'), bytes]));
    expect(shown(await readAll({ encoding }))).toEqual([encoding === 'windows-1252' ? '€' : 'é']);
  }); // prettier-ignore
  it('in windows-1252 have no byte that it does not know', async () => {
    folder.put('a.csv', Buffer.from([0x78, 0x0a, 0x93, 0x9f, 0x0a, 0x81, 0x0a]));
    expect(shown(await readAll({ encoding: 'windows-1252' }))).toEqual(['“Ÿ', expect.stringMatching(/^row-encoding: Row 3 /)]);
  });
  it('without a header have the columns of the connection', async () => {
    folder.put('a.csv', '1,2\n3,4\n');
    expect(await failureOf(read(null, { header: 'none' }))).toMatchObject({ recovery: 'misconfigured', code: 'setting-missing' });
    const page = await readAll({ header: 'none', columns: ['id', 'amount'] });
    expect(page.deliveries.map((one) => (JSON.parse(one.body) as { row: number; values: object }))).toMatchObject([{ row: 1, values: { id: '1', amount: '2' } }, { row: 2 }]); // prettier-ignore
  });
  it('that cannot be read are refused alone, by file and row, with every byte; the others go on', async () => {
    folder.put('b.csv', Buffer.concat([Buffer.from('id,memo\n1,a\n2\n3,b,c\n4,x"y\n5,'), Buffer.from([0xff]), Buffer.from('\n6,z\n')]));
    const page = await readAll();
    expect(shown(page)).toEqual([
      '1 a',
      'row-columns: Row 3 of b.csv cannot be read: it has 1 fields, and there are 2 columns.',
      'row-columns: Row 4 of b.csv cannot be read: it has 3 fields, and there are 2 columns.',
      expect.stringMatching(/^row-quotes: Row 5 of b.csv cannot be read: .*Quote/),
      'row-encoding: Row 6 of b.csv cannot be read: it is not written in utf-8.',
      '6 z',
    ]);
    const kept = page.deliveries.map((one) => JSON.parse(one.body) as { text?: string; base64?: string });
    expect([kept[1]!.text, Buffer.from(kept[4]!.base64!, 'base64')]).toEqual(['2', Buffer.from([0x35, 0x2c, 0xff])]);
  });
  it('are named by columns where the connection says so, and a corrected file brings newer versions of them', async () => {
    const settings = { keyColumns: ['id'], afterRead: 'leave' };
    const first = await readAll(settings, (folder.put('a.csv', 'id,amount\nA/1,5\n'), {}));
    later(3_600);
    const second = await readAll(settings, (folder.put('a.csv', 'id,amount\nA/1,6\n', '2026-11-27T00:00:00.000Z'), { cursor: first.cursor }));
    const records = [first, second].map(({ deliveries }) => csv.unpack(deliveries[0]!, { ...local, ...settings })[0]!);
    expect(records.map(({ delivery }) => delivery!['key'])).toEqual(['A%2F1', 'A%2F1']);
    expect(records[1]!.revision > records[0]!.revision).toBe(true);
    folder.put('b.csv', 'id,amount\n ,6\n');
    expect(shown(await readAll(settings, { cursor: second.cursor }), settings)).toEqual(['row-key-missing: Row 2 of b.csv has no value in id, which name the record.']);
  }); // prettier-ignore
  it('of the same file, also under another name, are the same deliveries', async () => {
    folder.put('a.csv', table(3));
    const first = await readAll();
    folder.put('copy.csv', table(3), '2026-11-27T00:00:00.000Z');
    later(9_999);
    const again = await readAll({}, { cursor: first.cursor });
    expect(again.deliveries.map(({ id }) => id)).toEqual(first.deliveries.map(({ id }) => id));
    expect(first.deliveries).toHaveLength(3);
  });
});

describe('a file', () => {
  it('that grows is not read, and holds back those behind it; when it was quiet long enough both come', async () => {
    folder.put('a.csv', table(1), '2026-11-27T05:59:59.000Z').put('b.csv', table(2));
    const first = await read(null);
    expect([first.deliveries, first.more]).toEqual([[], false]);
    later(59);
    folder.put('a.csv', table(2), '2026-11-27T06:00:58.000Z');
    const grown = await read(first.cursor);
    later(59);
    const still = await read(grown.cursor);
    expect([...grown.deliveries, ...still.deliveries]).toEqual([]);
    later(1);
    expect(shown(await readAll({}, { cursor: still.cursor }))).toEqual(['1 0.50', '2 1.50', '1 0.50', '2 1.50']);
    expect(folder.moves).toHaveLength(2);
  });
  it('whose time is long past is whole at once; one of a minute ago is not', async () => {
    folder.put('a.csv', table(1));
    expect((await readAll()).deliveries).toHaveLength(1);
    folder.put('b.csv', table(1), '2026-11-27T05:59:00.000Z');
    expect((await readAll()).deliveries).toHaveLength(0);
  });
  it.each(['.a.csv', 'a.csv.part', 'a.csv.tmp', 'a.csv~', 'a.csv.filepart', 'a.csv.0123456789ab.read', 'a.csv.0123456789ab.refused', 'a.txt'])('called %s is none of those to read', async (name) => {
    folder.put(name, table(1));
    expect((await readAll({ quietSeconds: 0, files: name.startsWith('.') || name.endsWith('txt') ? '*.csv' : '*' })).deliveries).toEqual([]);
  }); // prettier-ignore
  it('that comes with a marker is read when that lies there and is no older, and both are put away, the marker first', async () => {
    const settings = { readyBy: 'marker' };
    folder.put('a.csv', table(1), '2026-11-27T05:59:59.000Z').put('a.csv.done', '', '2026-11-27T05:59:58.000Z').put('b.csv', table(2)).put('b.csv.done', ''); // prettier-ignore
    const page = await readAll(settings);
    expect(page.deliveries).toHaveLength(2);
    expect(folder.moves[0]).toBe('b.csv.done removed');
    expect(folder.moves[1]).toMatch(/^b\.csv -> archive\/b\.[0-9a-f]{12}\.csv$/);
    folder.put('a.csv.done', '', '2026-11-27T05:59:59.000Z');
    expect((await readAll(settings, { cursor: page.cursor })).deliveries).toHaveLength(1);
  });
  it('is put away only when its last row is committed, and a file that was changed since stays', async () => {
    folder.put('a.csv', table(2));
    const begun = await read(null);
    const last = await read(begun.cursor);
    expect([last.deliveries.length, last.more, folder.moves]).toEqual([2, true, []]);
    const twice = await read(begun.cursor);
    expect(twice.deliveries.map(({ id }) => id)).toEqual(last.deliveries.map(({ id }) => id));
    folder.put('a.csv', table(3), '2026-11-26T01:00:00.000Z');
    const after = await readAll({}, { cursor: last.cursor });
    expect(after.deliveries).toHaveLength(3);
    expect(folder.moves).toHaveLength(1);
    expect(await readAll({}, { cursor: after.cursor })).toMatchObject({ deliveries: [] });
  });
  it.each([
    ['archive', /^a\.csv -> archive\/a\.[0-9a-f]{12}\.csv$/],
    ['mark', /^a\.csv -> a\.csv\.[0-9a-f]{12}\.read$/],
    ['leave', /^undefined$/],
  ])('is left behind by %s, and is not read again', async (afterRead, move) => {
    folder.put('a.csv', table(2));
    const page = await readAll({ afterRead });
    expect(String(folder.moves[0])).toMatch(move);
    expect((await readAll({ afterRead }, { cursor: page.cursor })).deliveries).toEqual([]);
    folder.put('a.csv', table(4), '2026-11-26T02:00:00.000Z');
    expect((await readAll({ afterRead }, { cursor: page.cursor })).deliveries).toHaveLength(4);
  });
  it('that is changed while it is read is said to be, and what comes then is another file', async () => {
    folder.put('a.csv', table(6));
    const begun = await read(null);
    const one = await read(begun.cursor, {}, { limit: 2 });
    let pieces = 0;
    folder.onRead = () => {
      if ((pieces += 1) === 2) folder.put('a.csv', `${table(6)}7,7.50\n`, '2026-11-27T05:59:59.000Z');
    };
    const cut = await read(one.cursor);
    expect(shown(cut)).toEqual([expect.stringMatching(/^row-file-changed: Row 4 of a.csv cannot be read: the file was changed/)]);
    expect((await readAll({}, { cursor: cut.cursor })).deliveries).toEqual([]);
    folder.put('a.csv', `${table(6)}7,7.50\n`, '2026-11-26T03:00:00.000Z');
    expect((await readAll({}, { cursor: cut.cursor })).deliveries).toHaveLength(7);
  });
  it.each([
    ['quote-not-closed', 'id,memo\n1,a\n2,"b\n3,c\n'],
    ['row-too-long', `id,memo\n1,${'x'.repeat(recordBytesMax + 1)}\n`],
    ['quote-not-closed', `id,memo\n1,"${'x'.repeat(recordBytesMax + 1)}\n`],
    ['header-missing', ''],
    ['header-missing', '\n1,2\n'],
    ['column-twice', 'id,id\n1,2\n'],
    ['column-without-name', 'id,\n1,2\n'],
    ['column-missing', 'id,other\n1,2\n'],
  ])('that is broken (%s) is refused whole, once, and put aside', async (code, content) => {
    folder.pieceBytes = 65_536;
    folder.put('a.csv', content).put('b.csv', 'id,memo\n1,x\n');
    const page = await readAll({ columns: ['id', 'memo'] });
    expect(shown(page)).toEqual([expect.stringMatching(new RegExp(`^row-${code}: Row \\d of a.csv cannot be read: `)), '1 x']);
    expect(folder.moves[0]).toMatch(/^a\.csv -> a\.csv\.[0-9a-f]{12}\.refused$/);
    expect((await readAll({ columns: ['id', 'memo'] }, { cursor: page.cursor })).deliveries).toEqual([]);
  });
  it('larger than the connection takes is refused without being read', async () => {
    folder.put('a.csv', Buffer.alloc(1_000_001, 'x'));
    folder.onRead = () => expect('read').toBe('not read');
    expect(shown(await readAll({ megabytesMax: 1 }))).toEqual([expect.stringMatching(/^row-too-large: .*1000001 bytes; 1000000/)]);
  });
  it('is taken by a backfill when its time is in the range', async () => {
    for (const day of ['24', '25', '26']) folder.put(`${day}.csv`, `day\n${day}\n`, `2026-11-${day}T12:00:00.000Z`);
    const begun = await read(null, {}, { since: '2026-11-25', until: '2026-11-25' });
    expect(shown(await read(begun.cursor, {}, { since: '2026-11-25', until: '2026-11-25' }))).toEqual(['25']);
  });
  it('comes in the order that is set: by name, or by time', async () => {
    folder.put('a.csv', 'x\na\n', '2026-11-25T00:00:00.000Z').put('b.csv', 'x\nb\n', '2026-11-24T00:00:00.000Z');
    expect(shown(await readAll({ afterRead: 'leave' }))).toEqual(['a', 'b']);
    expect(shown(await readAll({ afterRead: 'leave', order: 'modified' }))).toEqual(['b', 'a']);
  });
  it(`is one of at most ${filesMax}`, async () => {
    for (let n = 0; n <= filesMax; n += 1) folder.put(`${n}.csv`, 'x\n');
    expect(await failureOf(read(null))).toMatchObject({ recovery: 'misconfigured', code: 'folder-full' });
    expect(folder.files.delete('0.csv')).toBe(true);
    expect((await read(null)).more).toBe(true);
  });
  it('of a cursor that is none of ours is not guessed', async () =>
    expect(await failureOf(read('{"v":2}'))).toMatchObject({ recovery: 'misconfigured', code: 'cursor-unreadable' }));
});

describe('a name', () => {
  it.each([
    ['*.csv', 'a.csv', true],
    ['*.csv', 'a.csvx', false],
    ['inv?ices-*.csv', 'invoices-1.csv', true],
    ['a.csv', 'abcsv', false],
    ['a+(b).csv', 'a+(b).csv', true],
    ['*', '../x', false],
    ['*', '.hidden', false],
  ])('%s fits %s: %s', (pattern, name, fits) => expect(matcherOf(pattern)(name)).toBe(fits));
  it('of many stars ends soon', () => expect(matcherOf(`${'*a'.repeat(20)}b`)('a'.repeat(150))).toBe(false));
  it.each(['../in', '*/x', '.x', 'a/b'])('%s is no pattern', (files) => {
    expect(ajv.compile(settingsSchema)({ ...local, files })).toBe(false);
  });
  it('in the archive says which content it was, and stays short enough', () => {
    expect(archived('invoices.csv', '3f9a0c12ab34')).toBe('invoices.3f9a0c12ab34.csv');
    expect(archived('x', 'm')).toBe('x.m');
    expect(archived(`${'n'.repeat(196)}.csv`, '3f9a0c12ab34').length).toBe(200);
  });
});

describe('a file that is written', () => {
  const document = { name: 'invoices', columns: ['number', 'amount', 'memo'], rows: [['INV-1', '-12.50', '=1+1'], ['INV-2', '3', null]] }; // prettier-ignore
  const send = (settings: JsonObject = {}, more: JsonObject = {}) =>
    csv.operations.file.send(contextOf(settings), { effect: 'create', key: 'wb-a', attempt: 1, document: { ...document, ...more } });

  it('is RFC 4180 under a name with our key, and a newer version is written over it', async () => {
    const receipt = await send();
    expect(receipt).toMatchObject({ documentId: 'invoices-wb-a.csv', details: { rows: 2 } });
    expect(folder.files.get('invoices-wb-a.csv')!.content.toString()).toBe('number,amount,memo\r\nINV-1,-12.50,=1+1\r\nINV-2,3,\r\n');
    await send({}, { rows: [] });
    expect(folder.files.size).toBe(1);
    expect(folder.files.get('invoices-wb-a.csv')!.content.toString()).toBe('number,amount,memo\r\n');
  });
  it('is safe for spreadsheets where that is asked for, and numbers stay numbers', async () => {
    await send(
      { formulaSafe: true },
      {
        rows: [
          ['@x', '-12.50', '=1+1'],
          [' -x', '-', '\tx'],
        ],
      },
    );
    expect(folder.files.get('invoices-wb-a.csv')!.content.toString()).toBe("number,amount,memo\r\n'@x,-12.50,'=1+1\r\n' -x,'-,'\tx\r\n");
  });
  it('is read back as it was given', async () => {
    await send({}, { rows: [['a,b', 'say "hi"', 'two\nlines']] });
    folder.put('in.csv', folder.files.get('invoices-wb-a.csv')!.content);
    expect(shown(await readAll({ files: 'in.csv' }))).toEqual(['a,b say "hi" two\nlines']);
  });
  it('has one cell a column, and an end', async () => {
    expect(await failureOf(send({}, { rows: [['x']] }))).toMatchObject({ recovery: 'rejected', code: 'row-length', path: '/rows/0' });
    const large = { ...document, columns: ['x'], rows: [['y'.repeat(fileBytesMax)]] };
    expect(() => contentOf(large, { delimiter: ',', formulaSafe: false })).toThrow(/5242880 are the most/);
    expect(await failureOf(send({ outFolder: '' }))).toMatchObject({ recovery: 'misconfigured', code: 'setting-missing' });
  });
});

it('a refusal keeps bytes that are text as text', () =>
  expect(JSON.parse(refusalOf(facts, 3, { code: 'x', reason: 'r', remedy: 'm', bytes: Buffer.from('é') }).body)).toMatchObject({ text: 'é', row: 3 })); // prettier-ignore
it('the check says what lies there and what is not complete', async () => {
  folder.put('a.csv', table(1), '2026-11-27T05:59:59.000Z');
  const steps = await csv.check(contextOf());
  expect(steps).toMatchObject([
    { ok: true, detail: '1 file of this connection lies there. 1 not complete yet, the first a.csv.' },
    { ok: true },
  ]);
  expect(await csv.check(contextOf({ inFolder: '', outFolder: '' }))).toMatchObject([{ ok: false }]);
});
