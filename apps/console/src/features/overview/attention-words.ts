import type { Overview } from '../../api/operate.js';
import { counted, t } from '../../language/index.js';
import { formatPercent } from '../../parts/service-level.js';

type Item = Overview['attention'][number];

/** What the page says of an item, in the language of the person; causes, remedies and what a vendor said stay as they were said. */
export function attentionWords({ fact, title, detail }: Item): { title: string; detail: string } {
  switch (fact.code) {
    case 'connection-silent':
      return { title: t('{{connection}} does not answer', fact), detail: fact.said ?? '' };
    case 'connection-failing':
      return { title: t('{{connection}} is failing', fact), detail: fact.said ?? '' };
    case 'release-stopped':
      return { title: t('Version {{version}} of {{flow}} was stopped by itself', fact), detail: fact.said ?? '' };
    case 'control-failed':
      return { title: t('{{control}} of {{period}} could not be run', fact), detail: fact.said ?? '' };
    case 'control-gaps':
      return {
        title: counted(fact.gaps, '{{control}} of {{period}}: {{count}} gap to explain', '{{control}} of {{period}}: {{count}} gaps to explain', fact),
        detail: fact.drift > 0 ? counted(fact.drift, '{{count}} document changed in the ERP after posting.', '{{count}} documents changed in the ERP after posting.') : t('Each gap says its cause and what to do.'),
      };
    case 'synthetic':
      return {
        title: syntheticTitle(fact.trouble, fact.check),
        detail: [fact.said, fact.open ? t('Its run has not ended, and no other begins before that.') : ''].filter(Boolean).join(' '),
      };
    case 'promise-missed':
      return {
        title: t('{{flow}} kept {{kept}} of what it promises', { flow: fact.flow, kept: formatPercent(fact.keptShare) }),
        detail: [
          t('{{share}} of its documents are promised in time.', { share: formatPercent(fact.share) }),
          counted(fact.late, '{{count}} document came late.', '{{count}} documents came late.'),
          fact.delayed > 0 ? counted(fact.delayed, '{{count}} is still on its way.', '{{count}} are still on their way.') : '',
        ]
          .filter(Boolean)
          .join(' '),
      };
    case 'exceptions':
      return {
        title: counted(fact.documents, '{{count}} document: {{cause}}', '{{count}} documents: {{cause}}', { cause: fact.cause }),
        detail: [fact.remedy, fact.late === 0 ? '' : fact.late === fact.documents ? t('All over time.') : counted(fact.late, '{{count}} over time.', '{{count}} over time.')].filter(Boolean).join(' '),
      };
    case 'deliveries-unread':
      return {
        title: counted(fact.count, '{{count}} delivery could not be read', '{{count}} deliveries could not be read'),
        detail: t('The connector did not understand them; they are kept, and each says what is wrong.'),
      };
    case 'alerts-unheard':
      return {
        title: counted(fact.count, '{{count}} alert could not be delivered', '{{count}} alerts could not be delivered'),
        detail: t('Nobody was told. The log says why; put the channel right and send again.'),
      };
    case 'in-doubt':
      return {
        title: counted(fact.count, '{{count}} document in doubt', '{{count}} documents in doubt'),
        detail: t('Whether they were posted is unknown; they are looked up by themselves.'),
      };
    case 'approvals':
      return {
        title: counted(fact.count, '{{count}} document to approve', '{{count}} documents to approve'),
        detail: t('A rule holds them until somebody decides.'),
      };
    case 'delayed':
      return {
        title: counted(fact.count, '{{count}} document waits for more than {{minutes}} minutes', '{{count}} documents wait for more than {{minutes}} minutes', { minutes: fact.minutes }),
        detail: t('They go on by themselves when their target takes them.'),
      };
    case 'paused':
      return {
        title: counted(fact.count, '{{count}} flow or connection is paused', '{{count}} flows and connections are paused'),
        detail: t('Messages keep coming in and wait.'),
      };
    default:
      // an engine that is newer than this page
      return { title, detail };
  }
} // prettier-ignore

function syntheticTitle(trouble: string, check: string): string {
  if (trouble === 'late') return t('The synthetic transaction {{check}} is late', { check });
  if (trouble === 'wrong') return t('The synthetic transaction {{check}} is wrong', { check });
  return t('The synthetic transaction {{check}} could not start', { check });
}

/** Whose it is, or how many people's. */
export function whose({ fact, owner }: Item): string {
  if (fact.code === 'exceptions' && fact.owners > 1) return counted(fact.owners, '{{count}} person', '{{count}} people');
  return owner ?? t('Nobody’s');
}
