import { diff } from '@codemirror/merge';

/** Lines of a text that take the place of others. */
interface Change {
  from: number;
  to: number;
  lines: readonly string[];
}

/** Most distinct lines that are told apart; more of them is no text that a person writes. */
const distinctMax = 50_000;

/** What both made of one text, line by line; undefined where both changed the same place. */
export function mergeTexts(base: string, { mine, theirs }: { mine: string; theirs: string }): string | undefined {
  const letters = new Map<string, string>();
  const spelled = [base, mine, theirs].map((text) => text.split('\n').map((line) => letterOf(line, letters)).join('')); // prettier-ignore
  if (letters.size > distinctMax) return undefined;
  const changes = [changesOf(spelled[0]!, spelled[1]!, mine), changesOf(spelled[0]!, spelled[2]!, theirs)] as const;
  const lines = base.split('\n');
  const merged: string[] = [];
  const [left, right] = changes.map((all) => [...all]) as [Change[], Change[]];
  let at = 0;
  for (;;) {
    const [one, other] = [left[0], right[0]];
    if (!one && !other) return [...merged, ...lines.slice(at)].join('\n');
    if (one && other && one.from <= other.to && other.from <= one.to) {
      if (one.from !== other.from || one.to !== other.to || one.lines.join('\n') !== other.lines.join('\n')) return undefined;
      right.shift();
    }
    const next = !other || (one && one.from <= other.from) ? left.shift()! : right.shift()!;
    merged.push(...lines.slice(at, next.from), ...next.lines);
    at = next.to;
  }
}

/** Each distinct line is one letter, so that what compares letters compares lines. */
function letterOf(line: string, letters: Map<string, string>): string {
  const known = letters.get(line);
  if (known !== undefined) return known;
  const letter = String.fromCharCode(letters.size < 0xd000 ? 0x100 + letters.size : 0xe000);
  letters.set(line, letter);
  return letter;
}

function changesOf(before: string, after: string, text: string): Change[] {
  const lines = text.split('\n');
  return diff(before, after).map(({ fromA, toA, fromB, toB }) => ({ from: fromA, to: toA, lines: lines.slice(fromB, toB) }));
}
