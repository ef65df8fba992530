import type { Change } from './compare.js';

const words = {
  gone: 'gone',
  moved: 'gone here; a field of that name appeared',
  type: 'another type',
  new: 'new',
} as const satisfies Record<Change['kind'], string>;

/** The changes of one record as a table in Markdown, those that mappings read first. Pure. */
export function inWords(title: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `## ${title}\n\nNothing changed in what both samples show.\n`;
  const read = changes.filter(({ readBy }) => readBy.length > 0);
  const rows = [...read, ...changes.filter(({ readBy }) => readBy.length === 0)].map(({ kind, path, before, now, movedTo, readBy }) => {
    const what = movedTo ? `${words[kind]} at ${movedTo.map((one) => `\`${one}\``).join(', ')}` : words[kind];
    return `| \`${path}\` | ${what} | ${before ?? ''} | ${now ?? ''} | ${readBy.join(', ')} |`;
  });
  const sum = `${changes.length === 1 ? '1 change' : `${changes.length} changes`}, ${read.length} of them in fields that the mappings read.`;
  const head = ['| field | what | before | now | read by |', '| --- | --- | --- | --- | --- |'];
  return [`## ${title}`, '', sum, '', ...head, ...rows, ''].join('\n');
}
