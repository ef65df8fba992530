import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFilterOff, IconInbox, IconLock, type Icon } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import { listed, t } from '../language/index.js';
import { Copy } from './id.js';
import classes from './parts.module.css';

/** The shape of what is coming, after 150 ms: a quick answer never flickers. */
export function Waiting({ rows = 6, height = 34 }: { rows?: number; height?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-label={t('Loading')} style={{ minHeight: rows * height }}>
      {late ? (
        <Stack gap={8}>
          {Array.from({ length: rows }, (_, index) => (
            <Skeleton key={index} height={height - 8} radius="sm" width={index % 3 === 2 ? '82%' : '100%'} />
          ))}
        </Stack>
      ) : null}
    </div>
  );
}

/** Nothing here yet: what this page is for and the first thing to do. */
export function FirstUse({
  title,
  children,
  action,
  icon: Glyph = IconInbox,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  icon?: Icon;
}) {
  return (
    <div className={classes.state}>
      <Glyph size={32} stroke={1.5} className={classes.stateIcon} aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text size="sm" c="dimmed" w="100%" maw={520} component="div">
        {children}
      </Text>
      {action ? (
        <Group mt={8} justify="center">
          {action}
        </Group>
      ) : null}
    </div>
  );
}

/** One filter that is set: what it is in words, how it is taken away, and the list without it. */
export interface SetFilter {
  word: string;
  onRemove: () => void;
  without?: { queryKey: readonly unknown[]; queryFn: (context: { signal: AbortSignal }) => Promise<{ items: unknown[] }> };
}
const unasked: NonNullable<SetFilter['without']> = { queryKey: ['without', 'nothing'], queryFn: () => Promise.resolve({ items: [] }) };

/** The filter leaves nothing: says which, and removes it in one click. Where the filters come one by one, it says without which of them there is something. */
export function FilteredEmpty({ what, filters, onClear }: { what: string; filters: readonly (string | SetFilter)[]; onClear: () => void }) {
  const single = filters.filter((filter): filter is SetFilter => typeof filter !== 'string');
  const several = filters.length > 1;
  const lists = useQueries({
    queries: single.map(({ without }) => ({ ...(without ?? unasked), enabled: several && without !== undefined })),
  });
  const excluding = single.filter((_, at) => (lists[at]?.data?.items.length ?? 0) > 0);
  const words = filters.map((filter) => (typeof filter === 'string' ? filter : filter.word));
  return (
    <div className={classes.state}>
      <IconFilterOff size={32} stroke={1.5} className={classes.stateIcon} aria-hidden />
      <Text fw={600}>{t('No {{what}} match', { what })}</Text>
      <Text size="sm" c="dimmed" maw={520}>
        {t('Filtered by {{filters}}.', { filters: listed(words) })}
        {excluding.length > 0
          ? ` ${t('There are some without {{filters}}.', {
              filters: listed(
                excluding.map(({ word }) => word),
                'disjunction',
              ),
            })}`
          : null}
      </Text>
      <Group mt={8} gap="xs" justify="center">
        {several
          ? [...excluding, ...single.filter((filter) => !excluding.includes(filter))].map((filter) => (
              <Button key={filter.word} size="xs" variant={excluding.includes(filter) ? 'filled' : 'default'} onClick={filter.onRemove}>
                {t('Remove {{word}}', { word: filter.word })}
              </Button>
            ))
          : null}
        <Button size={several && single.length > 0 ? 'xs' : 'sm'} variant="default" onClick={onClear}>
          {t('Remove filters')}
        </Button>
      </Group>
    </div>
  );
}

export function NoPermission({ what }: { what: string }) {
  return (
    <div className={classes.state}>
      <IconLock size={32} stroke={1.5} className={classes.stateIcon} aria-hidden />
      <Text fw={600}>{t('You may not see {{what}}', { what })}</Text>
      <Text size="sm" c="dimmed" maw={520}>
        {t('Your roles do not include it. Somebody who manages access can give you a role that does.')}
      </Text>
    </div>
  );
}

/** What failed, what to do, and the id to give to whoever looks at the engine. */
export function Failure({ error, onRetry, what }: { error: unknown; onRetry?: () => void; what: string }) {
  const problem = asProblem(error);
  if (problem.status === 403) return <NoPermission what={what} />;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={problem.status === 404 ? t('Not found: {{what}}', { what }) : t('Could not load {{what}}', { what })}
      role="alert"
      my="md"
    >
      <ProblemText error={problem} />
      {onRetry && problem.status !== 404 ? (
        <Button size="xs" variant="default" mt="sm" onClick={onRetry}>
          {t('Try again')}
        </Button>
      ) : null}
    </Alert>
  );
}

export function ProblemText({ error }: { error: unknown }) {
  const problem = asProblem(error);
  return (
    <Stack gap={4}>
      <Text size="sm" lang="en">
        {problem.detail}
      </Text>
      {problem.remedy ? (
        <Text size="sm" lang="en">
          {problem.remedy}
        </Text>
      ) : null}
      {problem.problems.length > 0 ? (
        <ul lang="en" style={{ margin: 0, paddingLeft: 18, fontSize: 13 }}>
          {problem.problems.map((item, index) => (
            <li key={index}>
              {item.path ? <code>{item.path}</code> : null} {item.detail} {item.remedy ?? ''}
            </li>
          ))}
        </ul>
      ) : null}
      <Group gap={6} c="dimmed" fz={12}>
        <span>{problem.code}</span>
        {problem.requestId ? (
          <>
            <span>{t('request {{requestId}}', { requestId: problem.requestId })}</span>
            <Copy value={problem.requestId} label={t('Copy request id')} />
          </>
        ) : null}
      </Group>
    </Stack>
  );
}

/** A refused write, above the form or dialog that asked for it. */
export function Refused({ error, title }: { error: unknown; title: string }) {
  if (!error) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      <ProblemText error={error} />
    </Alert>
  );
}
