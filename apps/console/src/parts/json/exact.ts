/**
 * JSON read without loss. `JSON.parse` rounds 9007199254740993 to …992; a document that people compare with what a vendor
 * sent must show what was sent, so numbers stay the text they were.
 */
export type Exact =
  | { kind: 'object'; entries: [string, Exact][] }
  | { kind: 'array'; items: Exact[] }
  | { kind: 'scalar'; text: string; type: 'string' | 'number' | 'boolean' | 'null' };

const token = /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false)|(null))/y;
const depthMax = 500;

/** Undefined when the text is not JSON. */
export function parseExact(text: string): Exact | undefined {
  let position = 0;
  const next = (): RegExpExecArray | undefined => {
    token.lastIndex = position;
    const match = token.exec(text);
    if (match) position = token.lastIndex;
    return match ?? undefined;
  };
  const peek = (): string | undefined => {
    const before = position;
    const match = next();
    position = before;
    return match?.[1];
  };
  const value = (depth: number): Exact | undefined => {
    if (depth > depthMax) return undefined;
    const match = next();
    if (!match) return undefined;
    if (match[2] !== undefined) return { kind: 'scalar', type: 'string', text: match[2] };
    if (match[3] !== undefined) return { kind: 'scalar', type: 'number', text: match[3] };
    if (match[4] !== undefined) return { kind: 'scalar', type: 'boolean', text: match[4] };
    if (match[5] !== undefined) return { kind: 'scalar', type: 'null', text: match[5] };
    if (match[1] === '[') return list(depth);
    if (match[1] === '{') return record(depth);
    return undefined;
  };
  const list = (depth: number): Exact | undefined => {
    const items: Exact[] = [];
    if (peek() === ']') return (next(), { kind: 'array', items });
    for (;;) {
      const item = value(depth + 1);
      if (!item) return undefined;
      items.push(item);
      const after = next()?.[1];
      if (after === ']') return { kind: 'array', items };
      if (after !== ',') return undefined;
    }
  };
  const record = (depth: number): Exact | undefined => {
    const entries: [string, Exact][] = [];
    if (peek() === '}') return (next(), { kind: 'object', entries });
    for (;;) {
      const key = next()?.[2];
      if (key === undefined || next()?.[1] !== ':') return undefined;
      const item = value(depth + 1);
      if (!item) return undefined;
      entries.push([JSON.parse(key) as string, item]);
      const after = next()?.[1];
      if (after === '}') return { kind: 'object', entries };
      if (after !== ',') return undefined;
    }
  };
  const root = value(0);
  if (!root || text.slice(position).trim() !== '') return undefined;
  return root;
}

/** Two spaces of indent, every number and string as it was written. */
export function printExact(node: Exact, indent = ''): string {
  const inner = `${indent}  `;
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'array')
    return node.items.length === 0 ? '[]' : `[\n${node.items.map((item) => inner + printExact(item, inner)).join(',\n')}\n${indent}]`;
  return node.entries.length === 0
    ? '{}'
    : `{\n${node.entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${printExact(item, inner)}`).join(',\n')}\n${indent}}`;
}

/** Indented when it is JSON, as it stands when it is not. */
export function pretty(text: string): string {
  const node = parseExact(text);
  return node ? printExact(node) : text;
}
