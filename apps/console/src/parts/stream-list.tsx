import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconHourglass, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { UsageStream } from '../api/usage.js';
import { t } from '../language/index.js';
import { StateMark } from './badge.js';
import { DataTable, type Column } from './data-table.js';
import { formatCount } from './money.js';
import classes from './parts.module.css';
import { Ago } from './time.js';
import type { Tone } from './tone.js';

const states: Record<UsageStream['state'], { word: string; icon: Icon; tone: Tone; meaning: string }> = {
  waiting: { word: t('Waiting'), icon: IconCircleDashed, tone: 'idle', meaning: t('No process reads it; its connection may be paused') },
  reading: { word: t('Reading'), icon: IconCircleCheck, tone: 'ok', meaning: t('A process reads it') },
  resting: { word: t('Resting'), icon: IconHourglass, tone: 'warn', meaning: t('The ledger takes no more until usage is rolled up') },
  failing: { word: t('Failing'), icon: IconAlertTriangle, tone: 'bad', meaning: t('It is tried again after a pause') },
};

function StreamState({ state }: { state: UsageStream['state'] }) {
  const { word, icon, tone, meaning } = states[state];
  return (
    <StateMark icon={icon} tone={tone} title={meaning}>
      {word}
    </StateMark>
  );
}

const idOf = ({ connection, stream }: UsageStream): string => `${connection}/${stream}`;

const columns: Column<UsageStream>[] = [
  {
    id: 'stream',
    header: t('Stream'),
    grow: true,
    cell: (stream) => (
      <>
        <span className={classes.streamName}>{stream.stream}</span>
        {stream.detail ? <span className={classes.streamDetail}>{stream.detail}</span> : null}
      </>
    ),
  },
  {
    id: 'connection',
    header: t('Connection'),
    room: 2,
    cell: (stream) => (
      <Link to="/connections/$name" params={{ name: stream.connection }} search={{}}>
        {stream.connection}
      </Link>
    ),
  },
  { id: 'state', header: t('State'), cell: (stream) => <StreamState state={stream.state} /> },
  { id: 'lag', header: t('Behind'), align: 'right', cell: (stream) => (stream.lag === null ? t('not told') : formatCount(stream.lag)) },
  { id: 'read', header: t('Read'), align: 'right', room: 2, cell: (stream) => formatCount(stream.read) },
  {
    id: 'refused',
    header: t('Refused'),
    align: 'right',
    cell: (stream) =>
      stream.refused > 0 ? (
        <Link to="/usage" search={{ tab: 'refused' }}>
          {formatCount(stream.refused)}
        </Link>
      ) : (
        '0'
      ),
  },
  { id: 'last', header: t('Last records'), room: 3, cell: (stream) => <Ago at={stream.lastRecordsAt} /> },
  { id: 'position', header: t('Position'), hidden: true, cell: (stream) => <span className={classes.streamName}>{stream.position}</span> },
];

/** Streams that feed the ledger, each with what keeps it under its name. */
export function StreamList({ streams }: { streams: readonly UsageStream[] }) {
  return <DataTable label={t('Usage streams')} columns={columns} rows={streams} rowId={idOf} />;
}
