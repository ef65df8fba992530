import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFilterOff, IconInbox, IconLock, type Icon } from '@tabler/icons-react';
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

/** The filter leaves nothing: says which, and removes it in one click. */
export function FilteredEmpty({ what, filters, onClear }: { what: string; filters: string[]; onClear: () => void }) {
  return (
    <div className={classes.state}>
      <IconFilterOff size={32} stroke={1.5} className={classes.stateIcon} aria-hidden />
      <Text fw={600}>{t('No {{what}} match', { what })}</Text>
      <Text size="sm" c="dimmed" maw={520}>
        {t('Filtered by {{filters}}.', { filters: listed(filters) })}
      </Text>
      <Button variant="default" mt={8} onClick={onClear}>
        {t('Remove filters')}
      </Button>
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
