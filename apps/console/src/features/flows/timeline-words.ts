import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconBraces,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlug,
  IconRun,
  IconTable,
  type Icon,
} from '@tabler/icons-react';
import type { TimelineEvent } from '../../api/build.js';
import { counted, listed, t, tIn } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import type { Tone } from '../../parts/tone.js';
import { shareInWords } from './release-words.js';

export type TimelineKind = TimelineEvent['kind'];
type Fact = TimelineEvent['fact'];
type FactOf<C extends Fact['code']> = Extract<Fact, { code: C }>;

export const kindLooks: Record<TimelineKind, { word: string; icon: Icon }> = {
  release: { word: t('Release'), icon: IconArrowsSplit2 },
  mapping: { word: t('Mapping'), icon: IconBraces },
  table: { word: t('Table'), icon: IconTable },
  connection: { word: t('Connection'), icon: IconPlug },
  credential: { word: t('Credential'), icon: IconKey },
  pause: { word: tIn('kind', 'Pause'), icon: IconPlayerPause },
  run: { word: t('Run'), icon: IconRun },
  incident: { word: t('Incident'), icon: IconAlertTriangle },
};

/** The look of one event: that of its kind, louder where something is wrong. */
export function lookOf({ kind, fact }: TimelineEvent): { word: string; icon: Icon; tone: Tone } {
  const look = kindLooks[kind] ?? { word: kind, icon: IconRun };
  switch (fact.code) {
    case 'release':
      return { ...look, tone: fact.to === 'live' ? 'ok' : ['stopped', 'rejected', 'rolled-back'].includes(fact.to) ? 'warn' : 'idle' };
    case 'runs':
      return { ...look, tone: fact.state === 'failed' ? 'bad' : fact.state === 'running' ? 'live' : 'idle' };
    case 'flow-resumed':
    case 'connection-resumed':
      return { word: t('Resumed'), icon: IconPlayerPlay, tone: 'ok' };
    case 'flow-paused':
    case 'flow-drained':
    case 'connection-paused':
      return { ...look, tone: 'warn' };
    case 'alert':
      return { ...look, tone: fact.endedAt !== null ? 'idle' : fact.severity === 'high' ? 'bad' : 'warn' };
    case 'connection-failing':
      return { ...look, tone: 'bad' };
    default:
      return { ...look, tone: kind === 'credential' || kind === 'connection' ? 'live' : 'idle' };
  }
}

/** What happened, and what belongs to it, in the language of the person; what somebody named and what a vendor said stay as they are. */
export function timelineWords(fact: Fact, time: (at: string) => string): { title: string; details: string[] } {
  const plain = (title: string, ...details: (string | false | null)[]) => ({ title, details: details.filter((one) => typeof one === 'string') });
  switch (fact.code) {
    case 'release':
      return plain(releaseWords(fact));
    case 'flow-governed':
      return plain(fact.approver === null ? t('Releases need no approval any more') : t('Releases need an approval by {{approver}}', { approver: fact.approver }));
    case 'flow-paused':
      return plain(t('Flow paused'));
    case 'flow-resumed':
      return plain(t('Flow resumed'));
    case 'flow-draining':
      return plain(t('Flow began to drain'));
    case 'flow-drained':
      return plain(t('Flow drained and paused'));
    case 'mapping-saved':
      return plain(t('Version {{version}} of the mapping {{mapping}} saved', fact));
    case 'table-published':
      return plain(t('Version {{version}} of the table {{table}} published', fact));
    case 'connection-changed':
      return plain(
        fact.made ? t('Connection {{connection}} made', fact) : fact.secrets.length > 0 ? t('Credentials of {{connection}} changed', fact) : t('Connection {{connection}} changed', fact),
        fact.secrets.length > 0 && t('Secrets given: {{names}}', { names: listed(fact.secrets) }),
        fact.settings.length > 0 && t('Settings changed: {{names}}', { names: listed(fact.settings) }),
        fact.forgotten.length > 0 && t('Secrets forgotten: {{names}}', { names: listed(fact.forgotten) }),
      );
    case 'connection-connected':
      return plain(
        t('Connection {{connection}} connected by consent', fact),
        fact.settings.length > 0 && t('Settings changed: {{names}}', { names: listed(fact.settings) }),
      );
    case 'connection-paused':
      return plain(t('Connection {{connection}} paused', fact));
    case 'connection-resumed':
      return plain(t('Connection {{connection}} resumed', fact));
    case 'connection-tried-now':
      return plain(t('The rest of {{connection}} was ended', fact));
    case 'connection-failing':
      return plain(fact.silent ? t('{{connection}} does not answer', fact) : t('{{connection}} is failing', fact), t('Since then, and now'), fact.said);
    case 'alert':
      return plain(fact.said, t('Alert of the rule {{rule}}', fact), fact.endedAt === null ? t('It lasts') : t('Over since {{at}}', { at: time(fact.endedAt) }));
    case 'runs':
      return plain(
        runsWords(fact),
        fact.run === 'replay' ? t('{{added}} of {{read}} sent again', numbers(fact)) : t('{{read}} read, {{added}} new', numbers(fact)),
        fact.count > 1 && t('The first began {{first}}', { first: time(fact.firstAt) }),
        fact.error,
      );
    default:
      // an engine that is newer than this page
      return plain((fact as { code: string }).code);
  }
} // prettier-ignore

const numbers = ({ read, added }: FactOf<'runs'>) => ({ read: formatCount(read), added: formatCount(added) });

function runsWords({ run, count }: FactOf<'runs'>): string {
  if (run === 'poll') return counted(count, '{{count}} poll', '{{count}} polls');
  if (run === 'backfill') return counted(count, '{{count}} backfill', '{{count}} backfills');
  return counted(count, '{{count}} replay', '{{count}} replays');
}

function releaseWords({ version, from, to, percent, entities }: FactOf<'release'>): string {
  switch (to) {
    case 'draft':
      return from === null ? t('Version {{version}} saved as a draft', { version }) : t('Version {{version}} is a draft again', { version });
    case 'submitted':
      return t('Version {{version}} submitted', { version });
    case 'approved':
      return from === 'shadow' ? t('Version {{version}} left the shadow', { version }) : t('Version {{version}} approved', { version });
    case 'shadow':
      return t('Version {{version}} went into the shadow', { version });
    case 'share':
      return t('Version {{version}} takes {{share}}', { version, share: shareInWords({ percent, entities }) });
    case 'stopped':
      return t('The share of version {{version}} was taken back', { version });
    case 'live':
      if (from === null) return t('Version {{version}} saved and live', { version });
      if (from === 'superseded' || from === 'rolled-back') return t('Version {{version}} is live again', { version });
      return t('Version {{version}} went live', { version });
    case 'superseded':
      return t('Version {{version}} is over: another one went live', { version });
    case 'withdrawn':
      return t('Version {{version}} withdrawn', { version });
    case 'rejected':
      return t('Version {{version}} rejected', { version });
    case 'rolled-back':
      return t('Version {{version}} rolled back', { version });
  }
} // prettier-ignore
