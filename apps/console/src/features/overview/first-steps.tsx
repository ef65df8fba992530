import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { installPack, packsQuery, type Pack } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { counted, listed, rich, t } from '../../language/index.js';
import { LinkButton } from '../../parts/links.js';
import { done, failed } from '../../parts/notice.js';
import { FirstUse } from '../../parts/situations.js';
import classes from './overview.module.css';

/** Before the first flow: what to do, in order. */
export function FirstSteps({ connections }: { connections: number }) {
  const can = useCan();
  const packs = useQuery({ ...packsQuery, enabled: can('flow.read') });
  return (
    <FirstUse
      icon={IconRoute}
      title={t('No documents travel yet')}
      action={
        <>
          {can('connection.write') ? (
            <LinkButton to="/connections/new" search={{}}>
              {connections === 0 ? t('Add a connection') : t('Add another connection')}
            </LinkButton>
          ) : null}
          {can('flow.write') ? (
            <LinkButton to="/flows/$name" params={{ name: 'new' }} variant="default">
              {t('Write a flow')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {rich(
        'A connection holds the address and the secrets of an outside system. A flow takes documents from one and posts them to another. Install a pack of flows that are ready, or try everything first with {{code}}: it brings a billing platform and an ERP of its own.',
        { code: <Code>npm run demo</Code> },
      )}
      <Stack gap={8} mt="lg" ta="left">
        {packs.data?.items.map((pack) => (
          <PackRow key={pack.name} pack={pack} />
        ))}
      </Stack>
    </FirstUse>
  );
}

const holds = ({ flows, mappings, tables }: { flows: unknown[]; mappings: unknown[]; tables: unknown[] }): string =>
  [
    counted(flows.length, '{{count}} flow', '{{count}} flows'),
    counted(mappings.length, '{{count}} mapping', '{{count}} mappings'),
    counted(tables.length, '{{count}} table', '{{count}} tables'),
  ].join(', ');

function PackRow({ pack }: { pack: Pack }) {
  const queries = useQueryClient();
  const can = useCan();
  const missing = pack.connections.filter((connection) => !connection.exists);
  const install = useMutation({
    mutationFn: () => installPack(pack.name, {}),
    onSuccess: (result) => {
      done(
        t('Installed {{title}}', { title: pack.title }),
        [
          `${holds(result)}.`,
          ...(result.left.length
            ? [t('Left out: {{flows}}.', { flows: result.left.map((l) => `${l.flow} (${l.reason})`).join(', ') })]
            : []),
        ].join(' '),
      );
      void queries.invalidateQueries();
    },
    onError: (error) => failed(t('Could not install {{title}}', { title: pack.title }), error),
  });
  return (
    <div className={classes.panel}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text fw={600} c="var(--mantine-color-text)" size="sm">
            {pack.title}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              holds(pack),
              ...(missing.length
                ? [t('Needs {{connections}} first', { connections: listed(missing.map((c) => `${c.name} (${c.connector})`)) })]
                : []),
            ].join('. ')}
          </Text>
        </div>
        {can('flow.write') ? (
          missing.length > 0 ? (
            <LinkButton
              to="/connections/new"
              search={{ connector: missing[0]!.connector, name: missing[0]!.name }}
              size="xs"
              variant="default"
            >
              {t('Add {{name}}', { name: missing[0]!.name })}
            </LinkButton>
          ) : (
            <Button size="xs" onClick={() => install.mutate()} loading={install.isPending} disabled={pack.installed}>
              {pack.installed ? t('Installed') : t('Install')}
            </Button>
          )
        ) : null}
      </Group>
    </div>
  );
}
