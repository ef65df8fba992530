import type { Report } from './verify.js';

const shownMax = 20;

/** The report as a person reads it: what was checked, what was found, what it does not show. */
export function inWords(file: string, report: Report): string {
  const { findings, manifest, entries, seals, firstSeq, lastSeq, keys, pinned, outside } = report;
  const lines = [`Audit log in ${file}`];
  if (manifest) lines.push(`  exported ${manifest.exportedAt} by ${manifest.exportedBy}${filterInWords(manifest.filter)}`);
  const numbers = firstSeq === undefined ? '' : `, numbers ${firstSeq} to ${lastSeq}`;
  lines.push(`  ${plural(entries, 'entry', 'entries')}${seals > 0 ? ` in ${plural(seals, 'seal', 'seals')}` : ''}${numbers}`);
  lines.push(...keys.map((key) => `  signed with key ${key}${pinned ? '' : ' (not pinned)'}`));
  if (outside !== undefined) lines.push(`  compared with ${plural(outside, 'seal', 'seals')} kept outside`);
  lines.push('');
  if (findings.count === 0) lines.push(`Nothing was found: ${verdict(report)}`);
  else {
    const first = findings.firstSeq === undefined ? '' : `; the first bad seal_seq is ${findings.firstSeq}`;
    lines.push(`FOUND ${plural(findings.count, 'problem', 'problems')}${first}:`);
    lines.push(...findings.found.slice(0, shownMax).map(({ sentence }) => `  - ${sentence}`));
    if (findings.count > shownMax) lines.push(`  - and ${findings.count - shownMax} more (--json tells up to a thousand)`);
  }
  if (findings.notes.length > 0) lines.push('', 'To know:', ...findings.notes.map((note) => `  - ${note}`));
  return `${lines.join('\n')}\n`;
}

function verdict({ manifest, seals }: Report): string {
  if (seals === 0 && manifest?.format === 'csv') return 'this is the file that was exported.';
  if (manifest?.whole) return 'every entry is as it was sealed, none is missing among them, and the file is as it was exported.';
  return 'every entry is as it was sealed, and the file is as it was exported.';
}

function filterInWords(filter: Record<string, string>): string {
  const parts = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? ', all of it' : `, ${parts.join(', ')}`;
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
