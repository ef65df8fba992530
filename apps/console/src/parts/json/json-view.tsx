import { Button } from '@mantine/core';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { counted, t } from '../../language/index.js';
import { Copy } from '../id.js';
import { formatCount } from '../money.js';
import { parseExact, type Exact } from './exact.js';
import classes from './json-view.module.css';

interface Line {
  path: string;
  depth: number;
  label: string | undefined;
  /** What stands on the line: the scalar, or the opening bracket. */
  node: Exact;
  folded: boolean;
  closes?: string;
}

const linesMax = 2000;
const step = (parent: string, key: string) =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? (parent ? `${parent}.${key}` : key) : `${parent}[${JSON.stringify(key)}]`;

/**
 * JSON as people read it: folds, exact numbers, the path and the value of every line can be copied. Tab comes to one line of it alone, the one that was last
 * looked at; the arrow keys go through the lines, and along what can be done with each.
 */
export function JsonView({ text, label, maxHeight = 520 }: { text: string; label: string; maxHeight?: number }) {
  const root = useMemo(() => parseExact(text), [text]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [current, setCurrent] = useState(0);
  const lines = useMemo(() => (root ? flatten(root, folded) : []), [root, folded]);
  if (!root) {
    return (
      <pre className={classes.raw} style={{ maxHeight }} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    );
  }
  const shown = all ? lines : lines.slice(0, linesMax);
  const toggle = (path: string) => {
    const next = new Set(folded);
    if (!next.delete(path)) next.add(path);
    setFolded(next);
  };
  return (
    <div
      className={classes.view}
      style={{ maxHeight }}
      tabIndex={0}
      role="region"
      aria-label={label}
      onKeyDown={moveBetweenLines}
      onFocus={({ target }) => setCurrent(Number(target.closest<HTMLElement>('[data-line]')?.dataset['line'] ?? current))}
    >
      {shown.map((line, index) => (
        <div key={index} className={classes.line} data-line={line.closes ? undefined : index} style={{ paddingLeft: 22 + line.depth * 16 }}>
          {line.closes ? (
            <span className={classes.bracket}>{line.closes}</span>
          ) : (
            <>
              {line.node.kind !== 'scalar' && sizeOf(line.node) > 0 ? (
                <button
                  type="button"
                  className={classes.fold}
                  style={{ left: 2 + line.depth * 16 }}
                  onClick={() => toggle(line.path)}
                  tabIndex={index === current ? 0 : -1}
                  aria-expanded={!line.folded}
                  aria-label={
                    line.folded
                      ? t('Unfold {{path}}', { path: line.path || t('the document') })
                      : t('Fold {{path}}', { path: line.path || t('the document') })
                  }
                >
                  {line.folded ? '▸' : '▾'}
                </button>
              ) : null}
              {line.label !== undefined ? <span className={classes.key}>{line.label}: </span> : null}
              <Value node={line.node} folded={line.folded} />
              <span className={classes.tools}>
                <Copy value={line.path} label={t('Copy path {{path}}', { path: line.path })} tabIndex={index === current ? 0 : -1} />
                <Copy
                  value={line.node.kind === 'scalar' ? plain(line.node) : textOf(line.node)}
                  label={t('Copy value')}
                  tabIndex={index === current ? 0 : -1}
                />
              </span>
            </>
          )}
        </div>
      ))}
      {lines.length > shown.length ? (
        <Button size="xs" variant="default" m="xs" onClick={() => setAll(true)}>
          {t('Show all {{count}} lines', { count: formatCount(lines.length) })}
        </Button>
      ) : null}
    </div>
  );
}

/** Up and down to the same button of the next line, or its last; left and right along the line. From the whole into its first line. */
function moveBetweenLines(event: KeyboardEvent<HTMLElement>): void {
  const line = (event.target as HTMLElement).closest<HTMLElement>('[data-line]');
  const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const buttons = (of: Element | null | undefined) => [...(of?.querySelectorAll<HTMLElement>('button') ?? [])];
  let next: HTMLElement | undefined;
  if (along && line) next = buttons(line)[buttons(line).indexOf(event.target as HTMLElement) + along];
  if (down) {
    const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-line]')];
    const fromEnd = line ? buttons(line).indexOf(event.target as HTMLElement) - buttons(line).length : 0;
    const there = buttons(line ? lines[lines.indexOf(line) + down] : lines[0]);
    next = there.at(fromEnd) ?? there[0];
  }
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Value({ node, folded }: { node: Exact; folded: boolean }) {
  if (node.kind === 'scalar')
    return (
      <span data-type={node.type} className={classes.scalar}>
        {node.text}
      </span>
    );
  const [open, close] = node.kind === 'array' ? ['[', ']'] : ['{', '}'];
  const size = sizeOf(node);
  if (size === 0) return <span className={classes.bracket}>{open + close}</span>;
  if (!folded) return <span className={classes.bracket}>{open}</span>;
  return (
    <span className={classes.bracket}>
      {open} … {close}{' '}
      <span className={classes.size}>
        {node.kind === 'array' ? counted(size, '{{count}} item', '{{count}} items') : counted(size, '{{count}} field', '{{count}} fields')}
      </span>
    </span>
  );
}

const sizeOf = (node: Exact): number => (node.kind === 'array' ? node.items.length : node.kind === 'object' ? node.entries.length : 0);
const plain = (node: Extract<Exact, { kind: 'scalar' }>): string =>
  node.type === 'string' ? (JSON.parse(node.text) as string) : node.text;

function textOf(node: Exact): string {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'array') return `[${node.items.map(textOf).join(',')}]`;
  return `{${node.entries.map(([key, item]) => `${JSON.stringify(key)}:${textOf(item)}`).join(',')}}`;
}

function flatten(root: Exact, folded: ReadonlySet<string>): Line[] {
  const lines: Line[] = [];
  const walk = (node: Exact, path: string, depth: number, label: string | undefined) => {
    const isFolded = folded.has(path);
    lines.push({ path, depth, label, node, folded: isFolded });
    if (node.kind === 'scalar' || isFolded || sizeOf(node) === 0) return;
    if (node.kind === 'array') node.items.forEach((item, index) => walk(item, `${path}[${index}]`, depth + 1, undefined));
    else for (const [key, item] of node.entries) walk(item, step(path, key), depth + 1, key);
    lines.push({ path, depth, label: undefined, node, folded: false, closes: node.kind === 'array' ? ']' : '}' });
  };
  walk(root, '', 0, undefined);
  return lines;
}
