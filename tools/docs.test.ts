// Documents lead where they say: each relative link exists, each room of the engine has a README, each decision is a page of its own.
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const left = /^(node_modules|dist|\.git|\.nx|\.waybill|fixture)$/;
const below = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return left.test(entry.name) ? [] : below(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [relative(root, join(folder, entry.name))] : [];
  });
const pages = below(root).sort();

/** Headings as GitHub makes anchors of them, and anchors that stand in the text. */
const anchors = (text: string): string[] => [
  ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  ),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
];

function deadLinks(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[\s\S]*?```/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => {
    if (/^(https?:|mailto:)/.test(target)) return false;
    const [path, anchor] = target.split('#') as [string, string | undefined];
    const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
    if (!existsSync(file)) return true;
    return anchor !== undefined && !anchors(readFileSync(file, 'utf8')).includes(anchor);
  });
}

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    expect(deadLinks(page)).toEqual([]);
  });
});

describe('rooms', () => {
  const rooms = readdirSync(join(root, 'apps/engine/src'), { withFileTypes: true }).filter((e) => e.isDirectory() && e.name !== 'cli');

  it.each(rooms.map((room) => room.name))('%s says what it is for', (room) => {
    expect(existsSync(join(root, 'apps/engine/src', room, 'README.md'))).toBe(true);
  });
});

describe('decisions', () => {
  const files = readdirSync(join(root, 'docs/decisions')).sort();

  it('are numbered without a gap, and each has its parts', () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
    for (const file of files) {
      const text = readFileSync(join(root, 'docs/decisions', file), 'utf8');
      expect([file, ...['**Context.**', '**Decision.**', '**Consequence.**'].filter((part) => !text.includes(part))]).toEqual([file]);
    }
  });
});
