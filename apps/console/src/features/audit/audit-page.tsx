import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { auditQuery, type AuditEntry } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { instantOf } from '../../parts/address.js';
import { Diff } from '../../parts/diff.js';
import { FilterBar, FilterText, RangeChip } from '../../parts/filter-bar.js';
import { CopyId } from '../../parts/id.js';
import { Facts, PageHead } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { useRowKeys } from '../../parts/row-keys.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { At, formatInstant } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { useZone, type Zone } from '../../parts/zone.js';
import classes from './audit.module.css';
import { ExportDialog } from './export-dialog.js';
import { SealState } from './seal-state.js';

const route = getRouteApi('/app/audit');

/** Who did what, as sentences; each opens to what it was before and after. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { zone } = useZone();
  const [askedAt] = useState(() => Date.now());
  const { sel, from, to, ...plain } = search;
  const can = useCan();
  const [exporting, setExporting] = useState(false);
  const filter = { ...plain, from: instantOf(from, askedAt), to: instantOf(to, askedAt) };
  const query = useInfiniteQuery({
    ...auditQuery(filter),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const more = moreOf(query);
  const log = useRef<HTMLOListElement>(null);
  useRowKeys(log, {});
  const set = (next: Partial<typeof search>) => void navigate({ to: '/audit', search: { ...search, ...next }, resetScroll: false });
  const clear = () => void navigate({ to: '/audit', search: {} });
  const filters = [
    search.actor ? t('actor {{actor}}', { actor: search.actor }) : undefined,
    search.action ? t('action {{action}}', { action: search.action }) : undefined,
    search.object ? t('object {{object}}', { object: search.object }) : undefined,
    from || to ? timeInWords(filter, zone) : undefined,
  ].filter((word) => word !== undefined);
  return (
    <>
      <PageHead
        title={t('Audit log')}
        name={t('Audit log')}
        lead={t('Every change that a person or a key made, newest first. Entries are never changed, and sealed within a second.')}
        actions={
          can('audit.export') && query.data ? (
            <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => setExporting(true)}>
              {t('Export')}
            </Button>
          ) : null
        }
      />
      <ExportDialog opened={exporting} onClose={() => setExporting(false)} filter={filter} words={filters} />
      {query.data ? <SealState /> : null}
      <FilterBar onClear={filters.length ? clear : undefined}>
        <Views page="audit" search={search} />
        <FilterText
          label={t('Actor')}
          placeholder={t('Actor, such as an e-mail address')}
          value={search.actor}
          onChange={(actor) => set({ actor })}
        />
        <FilterText
          label={t('Action')}
          placeholder={t('Action, such as flow.saved')}
          value={search.action}
          onChange={(action) => set({ action })}
        />
        <FilterText
          label={t('Object')}
          placeholder={t('Object, such as table/tax-code')}
          value={search.object}
          onChange={(object) => set({ object })}
        />
        <RangeChip
          label={t('When')}
          from={from}
          to={to}
          describe={(at) => formatInstant(at, zone, { seconds: false })}
          onChange={(nextFrom, nextTo) => set({ from: nextFrom, to: nextTo })}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={10} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the audit log')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? (
        <FilteredEmpty what={t('entries')} filters={filters} onClear={clear} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse title={t('Nothing has been changed yet')}>
          {t('Every change of flows, mappings, tables, connections and access will be here, and every replay and decision.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <>
          <ol ref={log} className={classes.log} data-stale={query.isPlaceholderData || undefined}>
            {rows.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                open={sel === entry.id}
                onToggle={() => set({ sel: sel === entry.id ? undefined : entry.id })}
              />
            ))}
          </ol>
          {more.has ? (
            <Button mt="sm" size="xs" variant="default" loading={more.loading} onClick={more.load}>
              {t('Load more')}
            </Button>
          ) : null}
        </>
      ) : null}
    </>
  );
}

function Entry({ entry, open, onToggle }: { entry: AuditEntry; open: boolean; onToggle: () => void }) {
  const changed = entry.before != null || entry.after != null;
  return (
    <li data-row={entry.id}>
      <button type="button" className={classes.entry} data-row-link onClick={onToggle} aria-expanded={open}>
        <span className={classes.when}>
          <At at={entry.at} />
        </span>
        <span className={classes.what}>{entry.summary}</span>
        <span className={classes.who}>{entry.actor}</span>
      </button>
      {open ? (
        <div className={classes.more}>
          <Facts
            items={[
              [t('Action'), <code>{entry.action}</code>],
              [t('Object'), `${entry.objectKind}/${entry.objectId}`],
              [t('Actor'), `${entry.actor} (${entry.actorKind})`],
              [t('Reason'), entry.reason],
              [t('Request'), entry.requestId ? <CopyId value={entry.requestId} label={t('Copy request id')} /> : null],
              [t('Entry'), <CopyId value={entry.id} label={t('Copy entry id')} />],
              [
                t('Seal'),
                entry.seal === null
                  ? t('Not sealed yet')
                  : t('number {{sealSeq}} of the log, in seal {{seal}}', {
                      sealSeq: entry.sealSeq ?? 0,
                      seal: entry.seal,
                    }),
              ],
              [t('Leaf'), <CopyId value={entry.leaf} label={t('Copy the leaf, the SHA-256 of this entry')} />],
            ]}
          />
          {changed ? (
            <Diff before={textOf(entry.before)} after={textOf(entry.after)} beforeLabel={t('Before')} afterLabel={t('After')} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('Nothing was stored about before and after.')}
            </Text>
          )}
        </div>
      ) : null}
    </li>
  );
}

function timeInWords({ from, to }: { from?: string | undefined; to?: string | undefined }, zone: Zone): string {
  const at = (instant: string) => formatInstant(instant, zone, { seconds: false });
  if (from && to) return t('time from {{from}} until {{to}}', { from: at(from), to: at(to) });
  return from ? t('time from {{from}}', { from: at(from) }) : t('time until {{to}}', { to: at(to ?? '') });
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2));
