// Folders of this machine: only what the operator allowed, whatever the path looks like; files whole or not at all.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isConnectorFailure, isTransportFailure, type Folder } from '@waybill/sdk';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Folders } from './folders.js';

let root: string;
let inside: string;
const open = (path: string, bound = {}) => new Folders([join(root, 'allowed')]).openerFor(bound)(path);
const codeOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isConnectorFailure(error) ? error.facts.code : isTransportFailure(error) ? error.code : error;
};
const contentOf = async (folder: Folder, name: string, from = 0) => {
  const pieces: Buffer[] = [];
  for await (const piece of folder.read(name, from)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waybill-folders-'));
  inside = join(root, 'allowed', 'in');
  for (const folder of [inside, join(root, 'allowed-not'), join(root, 'outside')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'outside', 'secret.csv'), 'secret');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a folder', () => {
  it('that is allowed, or lies in one that is, is opened', async () => {
    writeFileSync(join(inside, 'a.csv'), 'x');
    expect(await (await open(inside)).list()).toMatchObject([
      { name: 'a.csv', bytes: 1, modifiedAt: expect.stringMatching(/^20.*\.\d{3}Z$/) },
    ]);
    expect(await (await open(join(root, 'allowed'))).list()).toEqual([]);
  });
  it.each([
    ['outside', () => join(root, 'outside')],
    ['whose name only begins alike', () => join(root, 'allowed-not')],
    ['around it', () => root],
    ['outside that is not there', () => join(root, 'nowhere')],
    ['behind ..', () => `${inside}/../../outside`],
    ['that is relative', () => 'allowed/in'],
    ['with a zero in it', () => `${inside}\0/x`],
  ])('%s is not', async (_, path) => expect(await codeOf(open(path()))).toBe('folder-not-allowed'));
  it('that is missing inside an allowed one is told apart', async () => expect(await codeOf(open(join(root, 'allowed', 'nowhere')))).toBe('enoent')); // prettier-ignore
  it('that a link leads out to is not, also when the link comes later', async () => {
    symlinkSync(join(root, 'outside'), join(root, 'allowed', 'link'));
    expect(await codeOf(open(join(root, 'allowed', 'link')))).toBe('folder-not-allowed');
    const folder = await open(inside);
    renameSync(inside, join(root, 'allowed', 'was'));
    symlinkSync(join(root, 'outside'), inside);
    for (const act of [() => folder.list(), () => folder.look('secret.csv'), () => contentOf(folder, 'secret.csv'), () => folder.write('x.csv', Buffer.from('x')), () => folder.remove('secret.csv')])
      expect(await codeOf(act())).toBe('folder-not-allowed');
    expect(readdirSync(join(root, 'outside'))).toEqual(['secret.csv']);
  }); // prettier-ignore
  it('of nobody is opened where nothing is allowed', async () =>
    expect(await codeOf(new Folders([]).openerFor({})(inside))).toBe('folder-not-allowed'));
});

describe('a file', () => {
  it('that is a link, a pipe, hidden or a folder is not there', async () => {
    symlinkSync(join(root, 'outside', 'secret.csv'), join(inside, 'link.csv'));
    mkdirSync(join(inside, 'folder.csv'));
    writeFileSync(join(inside, '.hidden.csv'), 'x');
    spawnSync('mkfifo', [join(inside, 'pipe.csv')]);
    const folder = await open(inside);
    expect(await folder.list()).toEqual([]);
    expect(await folder.look('link.csv')).toBeUndefined();
    expect(await codeOf(contentOf(folder, 'link.csv'))).toBe('eloop');
    expect(await codeOf(contentOf(folder, 'pipe.csv'))).toBe('folder-not-allowed');
    for (const name of ['../x', '.hidden.csv', 'a/b', '', '..', 'x\0']) expect(await codeOf(folder.look(name))).toBe('folder-not-allowed');
  });
  it('is read from where it is asked for, to its end', async () => {
    writeFileSync(join(inside, 'a.csv'), 'y'.repeat(200_000));
    expect(await contentOf(await open(inside), 'a.csv', 150_000)).toHaveLength(50_000);
  });
  it('has its name only when it is whole, and takes the place of an older one', async () => {
    const folder = await open(inside);
    writeFileSync(join(inside, '.a.csv.part'), 'left behind');
    await folder.write('a.csv', Buffer.from('old'));
    await folder.write('a.csv', Buffer.from('new'));
    expect([readdirSync(inside), readFileSync(join(inside, 'a.csv'), 'utf8')]).toEqual([['a.csv'], 'new']);
  });
  it('is not written through a link that lies in the place of its temporary name', async () => {
    symlinkSync(join(root, 'outside', 'secret.csv'), join(inside, '.a.csv.part'));
    await (await open(inside)).write('a.csv', Buffer.from('new'));
    expect(readFileSync(join(root, 'outside', 'secret.csv'), 'utf8')).toBe('secret');
  });
  it('does not get its name when the lease is over', async () => {
    const folder = await open(inside, { isOver: () => true });
    expect(await codeOf(folder.write('a.csv', Buffer.from('x')))).toBe('aborted');
    expect(await (await open(inside)).look('a.csv')).toBeUndefined();
    expect(await codeOf((await open(inside, { signal: AbortSignal.abort() })).list())).toBe('aborted');
  });
  it('is moved into a folder inside, which is made, and not through a link', async () => {
    const folder = await open(inside);
    await folder.write('a.csv', Buffer.from('x'));
    await folder.move('a.csv', { into: 'archive', name: 'b.csv' });
    expect(readdirSync(join(inside, 'archive'))).toEqual(['b.csv']);
    await folder.write('a.csv', Buffer.from('x'));
    symlinkSync(join(root, 'outside'), join(inside, 'link'));
    expect(await codeOf(folder.move('a.csv', { into: 'link', name: 'b.csv' }))).toBe('folder-not-allowed');
    await folder.remove('a.csv');
    await folder.remove('a.csv');
    expect(await folder.list()).toEqual([]);
  });
});
