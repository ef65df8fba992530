import type { Flow } from '../../api/build.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Ago } from '../../parts/time.js';

type Release = Flow['releases'][number];

const columns: Column<Release>[] = [
  { id: 'note', header: 'Note', grow: true, cell: (release) => release.note ?? '–' },
  { id: 'version', header: 'Release', align: 'right', cell: (release) => release.version },
  { id: 'by', header: 'Saved by', room: 2, cell: (release) => release.createdBy },
  { id: 'hash', header: 'Hash', room: 2, cell: (release) => <code title={release.hash}>{release.hash.slice(0, 12)}</code> },
  { id: 'at', header: 'Saved', cell: (release) => <Ago at={release.createdAt} /> },
];

/** Every release: the flow with all it depended on. */
export function Releases({ flow }: { flow: Flow }) {
  return <DataTable label="Releases" columns={columns} rows={flow.releases} rowId={(release) => String(release.version)} />;
}
