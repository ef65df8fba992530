import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconHourglass, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { UsageStream } from '../api/usage.js';
import { StateMark } from './badge.js';
import { DataTable, type Column } from './data-table.js';
import { formatCount } from './money.js';
import classes from './parts.module.css';
import { Ago } from './time.js';
import type { Tone } from './tone.js';

const states: Record<UsageStream['state'], { word: string; icon: Icon; tone: Tone; meaning: string }> = {
  waiting: { word: 'Waiting', icon: IconCircleDashed, tone: 'idle', meaning: 'No process reads it; its connection may be paused' },
  reading: { word: 'Reading', icon: IconCircleCheck, tone: 'ok', meaning: 'A process reads it' },
  resting: { word: 'Resting', icon: IconHourglass, tone: 'warn', meaning: 'The ledger takes no more until usage is rolled up' },
  failing: { word: 'Failing', icon: IconAlertTriangle, tone: 'bad', meaning: 'It is tried again after a pause' },
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
    header: 'Stream',
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
    header: 'Connection',
    room: 2,
    cell: (stream) => (
      <Link to="/connections/$name" params={{ name: stream.connection }} search={{}}>
        {stream.connection}
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: (stream) => <StreamState state={stream.state} /> },
  { id: 'lag', header: 'Behind', align: 'right', cell: (stream) => (stream.lag === null ? 'not told' : formatCount(stream.lag)) },
  { id: 'read', header: 'Read', align: 'right', room: 2, cell: (stream) => formatCount(stream.read) },
  {
    id: 'refused',
    header: 'Refused',
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
  { id: 'last', header: 'Last records', room: 3, cell: (stream) => <Ago at={stream.lastRecordsAt} /> },
  { id: 'position', header: 'Position', hidden: true, cell: (stream) => <span className={classes.streamName}>{stream.position}</span> },
];

/** Streams that feed the ledger, each with what keeps it under its name. */
export function StreamList({ streams }: { streams: readonly UsageStream[] }) {
  return <DataTable label="Usage streams" columns={columns} rows={streams} rowId={idOf} />;
}
