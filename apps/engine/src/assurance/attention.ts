import type { AttentionFact } from './attention-fact.js';
import type { Amounts } from './seen.js';
import { syntheticWords } from './synthetic/trouble.js';

export const attentionKinds = ['exceptions', 'connection', 'release', 'control', 'synthetic', 'promise', 'approval', 'in-doubt', 'delayed', 'paused', 'alert'] as const; // prettier-ignore

/** Something that a person has to look at. */
export interface AttentionItem {
  kind: (typeof attentionKinds)[number];
  severity: 'high' | 'medium';
  title: string;
  detail: string;
  fact: AttentionFact;
  since: string | null;
  amounts: Amounts[];
  /** Whose it is; null: nobody's, undefined: nothing that somebody owns. */
  owner: string | null | undefined;
  /** Path in the console. */
  link: string;
}

const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

/** What people are told of it, in English. */
export function attentionWords(fact: AttentionFact): { title: string; detail: string } {
  switch (fact.code) {
    case 'connection-silent':
      return { title: `${fact.connection} does not answer`, detail: fact.said ?? '' };
    case 'connection-failing':
      return { title: `${fact.connection} is failing`, detail: fact.said ?? '' };
    case 'release-stopped':
      return { title: `Version ${fact.version} of ${fact.flow} was stopped by itself`, detail: fact.said ?? '' };
    case 'control-failed':
      return { title: `${fact.control} of ${fact.period} could not be run`, detail: fact.said ?? '' };
    case 'control-gaps':
      return {
        title: `${fact.control} of ${fact.period}: ${plural(fact.gaps, 'gap')} to explain`,
        detail:
          fact.drift > 0
            ? `${plural(fact.drift, 'document')} changed in the ERP after posting.`
            : 'Each gap says its cause and what to do.',
      };
    case 'synthetic':
      return syntheticWords({ ...fact, name: fact.check, says: fact.said === null ? [] : [fact.said] });
    case 'promise-missed':
      return {
        title: `${fact.flow} kept ${fact.keptShare} % of what it promises`,
        detail: `${fact.share} % of its documents are promised in time; ${plural(fact.late, 'document')} came late${fact.delayed > 0 ? `, ${fact.delayed} of them are still on their way` : ''}.`,
      };
    case 'exceptions': {
      const late = fact.late > 0 ? `${fact.late === fact.documents ? 'All' : fact.late} over time.` : '';
      return {
        title: `${plural(fact.documents, 'document')}: ${fact.cause}`,
        detail: [fact.remedy, late].filter((part) => part !== '').join(' '),
      };
    }
    case 'deliveries-unread':
      return {
        title: `${fact.count === 1 ? 'One delivery' : `${fact.count} deliveries`} could not be read`,
        detail: 'The connector did not understand them; they are kept, and each says what is wrong.',
      };
    case 'alerts-unheard':
      return {
        title: `${fact.count === 1 ? 'One alert' : `${fact.count} alerts`} could not be delivered`,
        detail: 'Nobody was told. The log says why; put the channel right and send again.',
      };
    case 'in-doubt':
      return {
        title: `${plural(fact.count, 'document')} in doubt`,
        detail: 'Whether they were posted is unknown; they are looked up by themselves.',
      };
    case 'approvals':
      return { title: `${plural(fact.count, 'document')} to approve`, detail: 'A rule holds them until somebody decides.' };
    case 'delayed':
      return {
        title: `${plural(fact.count, 'document')} waiting for more than ${fact.minutes} minutes`,
        detail: 'They go on by themselves when their target takes them.',
      };
    case 'paused':
      return {
        title: `${fact.count === 1 ? 'One flow or connection is' : `${fact.count} flows and connections are`} paused`,
        detail: 'Messages keep coming in and wait.',
      };
  }
}
