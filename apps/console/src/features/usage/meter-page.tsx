import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { activateMeter, meterQuery, usageKey, type MeterDetail } from '../../api/usage.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { PageHead, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { MeterDesign } from './meter-design.js';

const route = getRouteApi('/app/usage/meters/$name');
const example =
  'meter: api-calls\ndescription: Calls of the API, by region\nevents: [api.call]\naggregate: sum\nvalue: /calls\ngroupBy: { region: /region }\nunit: calls\nperiod: { every: month, timeZone: UTC }\n';

const Above = ({ children }: { children?: React.ReactNode }) => (
  <>
    <Link to="/usage" search={{ tab: 'meters' }} style={{ color: 'inherit' }}>
      {t('Meters')}
    </Link>
    {children}
  </>
);

export function Page() {
  const { name } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const isNew = tab === 'new';
  const query = useQuery({ ...meterQuery(name), enabled: !isNew });
  if (isNew)
    return (
      <>
        <PageHead
          title={t('New meter')}
          name={t('New meter')}
          above={<Above />}
          lead={t('Its name is the one in the file. Past events are counted too.')}
        />
        <MeterDesign
          yaml={example}
          onSaved={(saved) => void navigate({ to: '/usage/meters/$name', params: { name: saved }, search: {}, replace: true })}
        />
      </>
    );
  if (query.isPending)
    return (
      <>
        <PageHead title={name} name={name} above={<Above />} />
        <Waiting rows={10} height={44} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={name} name={name} above={<Above />} />
        <Failure error={query.error} what={t('meter {{name}}', { name })} onRetry={() => void query.refetch()} />
      </>
    );
  return <Shown meter={query.data} />;
}

function Shown({ meter }: { meter: MeterDetail }) {
  const navigate = useNavigate();
  return (
    <>
      <PageHead
        title={meter.name}
        name={meter.name}
        above={<Above> · {t('version {{version}}', { version: meter.version })}</Above>}
        lead={meter.description || undefined}
        marks={
          meter.behind > 0 ? (
            <Text size="sm" c="dimmed">
              {t('Past usage is being counted')}
            </Text>
          ) : null
        }
      />
      <MeterDesign
        key={meter.name}
        name={meter.name}
        yaml={meter.yaml}
        version={meter.version}
        savedBy={meter.versions.find(({ active }) => active)?.createdBy}
        onSaved={(saved) => void navigate({ to: '/usage/meters/$name', params: { name: saved }, search: {} })}
      />
      <Section title={t('Versions')}>
        <Versions meter={meter} />
      </Section>
    </>
  );
}

type Version = MeterDetail['versions'][number];

function Versions({ meter }: { meter: MeterDetail }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<Version>();
  const activate = useMutation({
    mutationFn: (note: string) => activateMeter(meter.name, { version: asking!.version, ...(note ? { note } : {}) }),
    onSuccess: (active) => {
      done(t('Activated'), t('Open periods are counted by version {{version}}.', { version: active.version }));
      void queries.invalidateQueries({ queryKey: [usageKey] });
      setAsking(undefined);
    },
  });
  const columns: Column<Version>[] = [
    { id: 'note', header: t('Note'), grow: true, cell: (version) => version.note ?? '–' },
    { id: 'version', header: t('Version'), align: 'right', cell: (version) => version.version },
    { id: 'by', header: t('Saved by'), room: 2, cell: (version) => version.createdBy },
    { id: 'hash', header: t('Hash'), room: 3, cell: (version) => <code title={version.hash}>{version.hash.slice(0, 12)}</code> },
    { id: 'at', header: t('Saved'), cell: (version) => <Ago at={version.createdAt} /> },
    {
      id: 'active',
      header: t('Active'),
      cell: (version) =>
        version.active ? (
          t('Counts open periods')
        ) : can('meter.write') ? (
          <Button size="compact-xs" variant="default" onClick={() => setAsking(version)}>
            {t('Activate…')}
          </Button>
        ) : (
          '–'
        ),
    },
  ];
  return (
    <>
      <DataTable label={t('Versions of the meter')} columns={columns} rows={meter.versions} rowId={(version) => String(version.version)} />
      <Confirm
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t('Activate version {{version}} of {{name}}', { version: asking?.version ?? '', name: meter.name })}
        verb={t('Activate')}
        reason="optional"
        reasonLabel={t('Note, kept in the audit log')}
        pending={activate.isPending}
        error={activate.error}
        onConfirm={(note) => activate.mutate(note)}
      >
        {t('Open periods are counted anew by this version. Sealed ones stay as they are.')}
      </Confirm>
    </>
  );
}
