import { Button, Group, Modal } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClock, IconKey, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { apiKeysQuery, revokeApiKey, type ApiKey } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { done } from '../../parts/notice.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { CreateKey } from './create-key.js';
import { entitiesText } from './entities.js';
import { RotateKey } from './rotate-key.js';

const route = getRouteApi('/app/access');

const hasEnded = (apiKey: ApiKey) => apiKey.revokedAt !== null || (apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) < Date.now());

function KeyMark({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.revokedAt)
    return (
      <StateMark icon={IconBan} tone="idle">
        {t('Revoked')}
      </StateMark>
    );
  if (hasEnded(apiKey))
    return (
      <StateMark icon={IconClock} tone="idle">
        {t('Expired')}
      </StateMark>
    );
  if (apiKey.replacedBy)
    return (
      <StateMark icon={IconRefresh} tone="warn" title={t('It has a successor and ends soon')}>
        {t('Being replaced')}
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok">
      {t('Valid')}
    </StateMark>
  );
}

const rightsOf = (apiKey: ApiKey) =>
  apiKey.roles.length > 0
    ? apiKey.roles.join(', ')
    : apiKey.permissions.length === 1
      ? apiKey.permissions[0]!
      : counted(apiKey.permissions.length, '{{count}} permission', '{{count}} permissions');

export function ApiKeys() {
  const can = useCan();
  const queries = useQueryClient();
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery({ ...apiKeysQuery(q), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useMutation({
    mutationFn: (apiKey: ApiKey) => revokeApiKey(apiKey.id),
    onSuccess: () => {
      done(t('Key revoked'));
      void queries.invalidateQueries({ queryKey: ['access'] });
      setRevoking(undefined);
    },
  });
  const columns: Column<ApiKey>[] = [
    { id: 'name', header: t('Name'), grow: true, cell: (apiKey) => apiKey.name },
    { id: 'account', header: t('Service account'), room: 3, cell: (apiKey) => apiKey.serviceAccount ?? '–' },
    { id: 'prefix', header: t('Begins with'), room: 2, cell: (apiKey) => <code>{apiKey.prefix}…</code> },
    { id: 'rights', header: t('May'), room: 2, cell: (apiKey) => <span title={apiKey.permissions.join(', ')}>{rightsOf(apiKey)}</span> },
    { id: 'entities', header: t('Legal entities'), room: 3, cell: (apiKey) => entitiesText(apiKey.legalEntities) },
    { id: 'state', header: t('State'), cell: (apiKey) => <KeyMark apiKey={apiKey} /> },
    { id: 'used', header: t('Last used'), room: 2, cell: (apiKey) => <Ago at={apiKey.lastUsedAt} /> },
    {
      id: 'expires',
      header: t('Expires'),
      room: 3,
      cell: (apiKey) => (apiKey.expiresAt ? <At at={apiKey.expiresAt} seconds={false} /> : t('Never')),
    },
    {
      id: 'revoke',
      header: t('Actions'),
      cell: (apiKey) =>
        can('access.write') && !hasEnded(apiKey) ? (
          <Group gap={6} wrap="nowrap">
            {apiKey.replacedBy ? null : (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => setRotating(apiKey)}
                aria-label={t('Rotate {{name}}', { name: apiKey.name })}
              >
                {t('Rotate…')}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setRevoking(apiKey)}
              aria-label={t('Revoke {{name}}', { name: apiKey.name })}
            >
              {t('Revoke…')}
            </Button>
          </Group>
        ) : null,
    },
  ];
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('API keys')} onRetry={() => void query.refetch()} />;
  const find = (next: string | undefined) => void navigate({ to: '/access', search: { tab: 'keys', q: next } });
  const create = can('access.write') ? (
    <Button size="xs" onClick={() => setCreating(true)}>
      {t('Create key')}
    </Button>
  ) : null;
  return (
    <>
      {rows.length === 0 && !q ? (
        <FirstUse icon={IconKey} title={t('No API keys')} action={create}>
          {t('A program signs in with a key of its own. Everything a button here does, a program with the right role can do.')}
        </FirstUse>
      ) : (
        <>
          <FilterBar onClear={q ? () => find(undefined) : undefined}>
            <FilterText label={t('Find keys')} placeholder={t('Name, account or beginning')} value={q} onChange={find} />
            {create}
          </FilterBar>
          {rows.length === 0 && q ? (
            <FilteredEmpty what={t('API keys')} filters={[t('text “{{q}}”', { q })]} onClear={() => find(undefined)} />
          ) : (
            <DataTable
              label={t('API keys')}
              columns={columns}
              rows={rows}
              rowId={(apiKey) => apiKey.id}
              more={moreOf(query)}
              stale={query.isPlaceholderData}
            />
          )}
        </>
      )}
      <Modal opened={creating} onClose={() => setCreating(false)} title={t('Create key')} centered>
        {creating ? <CreateKey onClose={() => setCreating(false)} /> : null}
      </Modal>
      <Modal opened={rotating !== undefined} onClose={() => setRotating(undefined)} title={t('Rotate key')} centered>
        {rotating ? <RotateKey apiKey={rotating} onClose={() => setRotating(undefined)} /> : null}
      </Modal>
      <Confirm
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={t('Revoke key')}
        verb={t('Revoke')}
        danger
        typed={revoking?.name}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking)}
      >
        {rich('Programs that use {{name}} are refused from now on. A revoked key cannot be made valid again.', {
          name: <b>{revoking?.name}</b>,
        })}
      </Confirm>
    </>
  );
}
