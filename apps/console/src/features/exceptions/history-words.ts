import type { HistoryEntry } from '../../api/operate.js';

type Words = { did: string; said?: string | undefined };

const states: Record<string, string> = {
  ready: 'made it ready to be sent',
  in_flight: 'sent it to the target',
  in_doubt: 'does not know whether the target has it, and looks it up',
  waiting: 'let it wait',
  blocked: 'let it wait behind an earlier version',
  held: 'held it for an approval',
  exception: 'stopped it',
  posted: 'posted it',
  skipped: 'skipped it by a rule',
  duplicate: 'found it posted before',
  superseded: 'found it needless',
  resolved: 'ended it without posting',
};

/** One entry of a history as a sentence that goes on after who did it. */
export function entryWords(entry: HistoryEntry, instant: (at: string) => string): Words {
  const said = entry.words ?? undefined;
  switch (entry.kind) {
    case 'assigned':
      return { did: entry.assignee === entry.by ? 'took it up' : `assigned it to ${entry.assignee ?? 'somebody'}` };
    case 'given-back':
      return { did: 'gave it back' };
    case 'snoozed':
      return { did: `snoozed it until ${entry.until === null ? 'later' : instant(entry.until)}`, said };
    case 'woken':
      return { did: 'took it out of snooze', said };
    case 'commented':
      return { did: 'wrote', said };
    case 'row-drafted':
      return { did: 'drafted the row that it misses', said };
    case 'edit-asked':
      return { did: 'asked to correct its record', said };
    case 'edited':
      return { did: 'let it go on with its record corrected', said };
    case 'edit-ended':
      return { did: 'ended the edit of its record', said };
    case 'replayed':
      return { did: 'replayed it', said };
    case 'called-back':
      return { did: 'cancelled the replay before it began' };
    case 'resolved':
      return { did: 'resolved it without posting', said };
    case 'moved':
      return { did: states[entry.to ?? ''] ?? `moved it to ${entry.to ?? 'another state'}`, said };
  }
}
