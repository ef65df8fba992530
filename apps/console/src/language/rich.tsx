import { Fragment, type ReactNode } from 'react';
import { filled, hole } from './pseudo.js';
import { formatNumber, t, type Values } from './text.js';

/** A sentence that holds elements: `rich('Type {{word}} to confirm', { word: <b>{word}</b> })`. No markup is read: hostile data stays data. */
export function rich<const Text extends string>(text: Text, ...[values]: Values<Text, ReactNode>): ReactNode {
  const given = Object.entries<ReactNode>(values ?? {});
  const holes = Object.fromEntries(given.map(([name], index) => [name, hole(index)]));
  const said = (t as (text: string, values: Record<string, string>) => string)(text, holes);
  return filled<ReactNode>(said, (index) => given[index]![1]).map((piece, index) => (
    <Fragment key={index}>{typeof piece === 'number' ? formatNumber(piece) : piece}</Fragment>
  ));
}
