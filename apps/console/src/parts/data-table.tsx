import { ActionIcon, Button, Checkbox, Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type RowSelectionState,
} from '@tanstack/react-table';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { counted, t } from '../language/index.js';
import classes from './data-table.module.css';
import { useFitting } from './fitting.js';
import { useRowKeys } from './row-keys.js';
import { usePreference } from './preference.js';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  align?: 'right';
  /** Takes the width that is left. */
  grow?: boolean;
  /** It goes where there is no room for all: those of 4 first, those of 2 last. */
  room?: 2 | 3 | 4;
  /** Starts hidden; the person may show it. */
  hidden?: boolean;
}

export interface DataTableProps<T> {
  /** What the rows are, for people who hear the page; also names the stored choice of columns. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** Where a row leads. The whole row is that link. */
  link?: (row: T) => LinkProps;
  /** Instead of a link: what a click on the row opens beside the list. */
  onOpen?: (row: T) => void;
  onPeek?: (row: T) => void;
  /** Letters that do something with the row that has the focus, or with none where none has it. */
  keys?: Readonly<Record<string, (row: T | undefined) => void>>;
  openId?: string;
  selected?: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  selectable?: (row: T) => boolean;
  count?: number;
  more?: { has: boolean; loading: boolean; load: () => void };
  /** Old rows while new ones load: dimmed, never blank. */
  stale?: boolean;
}

const features = tableFeatures({ rowSelectionFeature, columnVisibilityFeature });
const virtualFrom = 150;

/** The one list of the console: rows are links, keys move (`j k`, `x`, space), pages load by cursor, many rows are virtual, and it fits its width. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, columns, rows, rowId, link, onOpen, selected, onSelect, selectable, more } = props;
  const [shown, setShown] = usePreference<Record<string, boolean>>(`columns.${label}`, {});
  const visibility = useMemo(() => ({ ...Object.fromEntries(columns.map((c) => [c.id, !c.hidden])), ...shown }), [columns, shown]);
  const helper = useMemo(() => createColumnHelper<typeof features, T>(), []);
  const model = useMemo(() => helper.columns(columns.map(({ id, header }) => helper.display({ id, header }))), [columns, helper]);
  const byId = useMemo(() => new Map(columns.map((c) => [c.id, c])), [columns]);
  const data = rows as T[];
  const rowSelection: RowSelectionState = useMemo(
    () => Object.fromEntries([...(selected ?? [])].map((id) => [id, true as const])),
    [selected],
  );

  const table = useTable({
    features,
    columns: model,
    data,
    getRowId: rowId,
    enableRowSelection: selectable ? (row) => selectable(row.original) : true,
    state: { rowSelection, columnVisibility: visibility },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(rowSelection) : update;
      onSelect?.(new Set(Object.keys(next).filter((id) => next[id])));
    },
    onColumnVisibilityChange: (update) => setShown(typeof update === 'function' ? update(visibility) : update),
  });
  const modelRows = table.getRowModel().rows;

  const scroll = useRef<HTMLDivElement>(null);
  useFitting(scroll, JSON.stringify(visibility));
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  const virtual = modelRows.length > virtualFrom;
  const virtualizer = useWindowVirtualizer({
    count: virtual ? modelRows.length : 0,
    estimateSize: () => 41,
    overscan: 12,
    scrollMargin: offset,
    initialRect: { width: 1000, height: 800 },
  });
  const items = virtual ? virtualizer.getVirtualItems() : modelRows.map((_, index) => ({ index, start: 0, end: 0 }));
  const before = virtual ? Math.max(0, (items[0]?.start ?? 0) - offset) : 0;
  const after = virtual ? Math.max(0, virtualizer.getTotalSize() - ((items.at(-1)?.end ?? 0) - offset)) : 0;

  useRowKeys(body, {
    onPeek: props.onPeek ? (id) => withRow(rows, rowId, id, props.onPeek!) : undefined,
    onToggle: onSelect ? (id) => table.getRow(id)?.toggleSelected() : undefined,
    acts:
      props.keys &&
      Object.fromEntries(
        Object.entries(props.keys).map(([key, act]) => [key, (id: string | undefined) => act(rows.find((row) => rowId(row) === id))]),
      ),
  });

  const width = table.getVisibleLeafColumns().length + (onSelect ? 1 : 0);
  const allSelected = table.getIsAllRowsSelected();
  return (
    <div className={classes.frame} data-stale={props.stale || undefined}>
      <div ref={scroll} className={classes.scroll}>
        <table className={classes.table} aria-label={label} aria-rowcount={props.count ?? -1} aria-busy={props.stale || undefined}>
          <thead>
            <tr>
              {onSelect ? (
                <th className={classes.tick} scope="col">
                  <Checkbox
                    size="xs"
                    aria-label={allSelected ? t('Select none') : t('Select all loaded rows')}
                    checked={allSelected && rows.length > 0}
                    indeterminate={!allSelected && (selected?.size ?? 0) > 0}
                    onChange={() => table.toggleAllRowsSelected(!allSelected)}
                  />
                </th>
              ) : null}
              {table.getVisibleLeafColumns().map((column) => {
                const spec = byId.get(column.id)!;
                return (
                  <th key={column.id} scope="col" data-align={spec.align} data-grow={spec.grow || undefined} data-room={spec.room}>
                    {spec.header}
                  </th>
                );
              })}
              <th className={classes.chooser}>
                <ColumnChooser columns={columns} visibility={visibility} onChange={setShown} />
              </th>
            </tr>
          </thead>
          <tbody
            ref={(element) => {
              body.current = element;
              const top = element ? element.getBoundingClientRect().top + window.scrollY : 0;
              if (element && virtual && Math.abs(top - offset) > 1) setOffset(top);
            }}
          >
            {before > 0 ? (
              <tr aria-hidden style={{ height: before }}>
                <td colSpan={width + 1} />
              </tr>
            ) : null}
            {items.map((item) => {
              const row = modelRows[item.index];
              if (!row) return null;
              return (
                <tr
                  key={row.id}
                  data-row={row.id}
                  aria-rowindex={item.index + 2}
                  data-open={props.openId === row.id || undefined}
                  data-selected={row.getIsSelected() || undefined}
                  aria-selected={onSelect ? row.getIsSelected() : undefined}
                >
                  {onSelect ? (
                    <td className={classes.tick}>
                      <Checkbox
                        size="xs"
                        aria-label={t('Select row {{index}}', { index: item.index + 1 })}
                        disabled={!row.getCanSelect()}
                        checked={row.getIsSelected()}
                        onChange={row.getToggleSelectedHandler()}
                      />
                    </td>
                  ) : null}
                  {row.getVisibleCells().map((cell, index) => {
                    const spec = byId.get(cell.column.id)!;
                    // Called, not drawn as a component: one that is made anew with each drawing would take its buttons, and the focus, away.
                    const content = spec.cell(row.original);
                    return (
                      <td key={cell.id} data-align={spec.align} data-grow={spec.grow || undefined} data-room={spec.room}>
                        {index === 0 && link ? (
                          <Link {...link(row.original)} className={classes.rowLink} data-row-link>
                            {content}
                          </Link>
                        ) : index === 0 && onOpen ? (
                          <button type="button" className={classes.rowLink} data-row-link onClick={() => onOpen(row.original)}>
                            {content}
                          </button>
                        ) : (
                          content
                        )}
                      </td>
                    );
                  })}
                  <td className={classes.chooser} />
                </tr>
              );
            })}
            {after > 0 ? (
              <tr aria-hidden style={{ height: after }}>
                <td colSpan={width + 1} />
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
      <div className={classes.foot}>
        <span aria-live="polite">
          {props.count !== undefined && props.count > rows.length
            ? t('{{count}} of {{all}}', { count: rows.length, all: props.count })
            : more?.has
              ? counted(rows.length, '{{count}} row so far', '{{count}} rows so far')
              : counted(rows.length, '{{count}} row', '{{count}} rows')}
        </span>
        {more?.has ? (
          <Button size="xs" variant="default" loading={more.loading} onClick={more.load}>
            {t('Load more')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function withRow<T>(rows: readonly T[], rowId: (row: T) => string, id: string, act: (row: T) => void) {
  const row = rows.find((r) => rowId(r) === id);
  if (row) act(row);
}

function ColumnChooser<T>({
  columns,
  visibility,
  onChange,
}: {
  columns: readonly Column<T>[];
  visibility: Record<string, boolean>;
  onChange: (next: Record<string, boolean>) => void;
}) {
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={24} aria-label={t('Choose columns')} title={t('Choose columns')}>
          <IconColumns3 size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('Columns')}</Menu.Label>
        {columns.slice(1).map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={visibility[column.id] ?? true}
            onChange={(checked: boolean) => onChange({ ...visibility, [column.id]: checked })}
          >
            {column.header}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
