import { Fragment, type ReactNode } from 'react';
import { filled, hole } from './pseudo.js';
import { counted, formatNumber, t, type Besides, type Values } from './text.js';

/** A sentence that holds elements: `rich('Type {{word}} to confirm', { word: <b>{word}</b> })`. No markup is read: hostile data stays data. */
export function rich<const Text extends string>(text: Text, ...[values]: Values<Text, ReactNode>): ReactNode {
  return put((holes) => (t as (text: string, holes: Record<string, string>) => string)(text, holes), values);
}

/** `counted` for a sentence that holds elements. */
export function richCounted<const One extends string, const Other extends string>(
  count: number,
  one: One,
  other: Other,
  ...[values]: Besides<One | Other, ReactNode>
): ReactNode {
  return put((holes) => (counted as (...all: unknown[]) => string)(count, one, other, holes), values);
}

function put(said: (holes: Record<string, string>) => string, values: Record<string, ReactNode> = {}): ReactNode {
  const names = Object.keys(values);
  const text = said(Object.fromEntries(names.map((name, index) => [name, hole(index)])));
  return filled<ReactNode>(text, (index) => values[names[index]!]).map((piece, index) => (
    <Fragment key={index}>{typeof piece === 'number' ? formatNumber(piece) : piece}</Fragment>
  ));
}
