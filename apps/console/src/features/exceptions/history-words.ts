import type { HistoryEntry } from '../../api/operate.js';
import { t } from '../../language/index.js';

type Words = { did: string; said?: string | undefined };

const states: Record<string, string> = {
  ready: t('made it ready to be sent'),
  in_flight: t('sent it to the target'),
  in_doubt: t('does not know whether the target has it, and looks it up'),
  waiting: t('let it wait'),
  blocked: t('let it wait behind an earlier version'),
  held: t('held it for an approval'),
  exception: t('stopped it'),
  posted: t('posted it'),
  skipped: t('skipped it by a rule'),
  duplicate: t('found it posted before'),
  superseded: t('found it needless'),
  resolved: t('ended it without posting'),
};

/** One entry of a history as a sentence that goes on after who did it. */
export function entryWords(entry: HistoryEntry, instant: (at: string) => string): Words {
  const said = entry.words ?? undefined;
  switch (entry.kind) {
    case 'assigned':
      return {
        did:
          entry.assignee === entry.by ? t('took it up') : t('assigned it to {{assignee}}', { assignee: entry.assignee ?? t('somebody') }),
      };
    case 'given-back':
      return { did: t('gave it back') };
    case 'snoozed':
      return {
        did: entry.until === null ? t('snoozed it until later') : t('snoozed it until {{until}}', { until: instant(entry.until) }),
        said,
      };
    case 'woken':
      return { did: t('took it out of snooze'), said };
    case 'commented':
      return { did: t('wrote'), said };
    case 'row-drafted':
      return { did: t('drafted the row that it misses'), said };
    case 'edit-asked':
      return { did: t('asked to correct its record'), said };
    case 'edited':
      return { did: t('let it go on with its record corrected'), said };
    case 'edit-ended':
      return { did: t('ended the edit of its record'), said };
    case 'replayed':
      return { did: t('replayed it'), said };
    case 'called-back':
      return { did: t('cancelled the replay before it began') };
    case 'resolved':
      return { did: t('resolved it without posting'), said };
    case 'moved':
      return { did: states[entry.to ?? ''] ?? t('moved it to {{to}}', { to: entry.to ?? t('another state') }), said };
  }
}
