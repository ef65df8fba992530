import type { Amounts } from './seen.js';

export const attentionKinds = ['exceptions', 'connection', 'release', 'control', 'synthetic', 'promise', 'approval', 'in-doubt', 'delayed', 'paused', 'alert'] as const; // prettier-ignore

/** Something that a person has to look at. */
export interface AttentionItem {
  kind: (typeof attentionKinds)[number];
  severity: 'high' | 'medium';
  title: string;
  detail: string;
  since: string | null;
  amounts: Amounts[];
  /** Whose it is; null: nobody's, undefined: nothing that somebody owns. */
  owner: string | null | undefined;
  /** Path in the console. */
  link: string;
}
