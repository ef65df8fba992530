import { Alert, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { rolesQuery, type Role } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './access.module.css';

/** What each role may do, in sentences. */
export function Roles() {
  const query = useQuery(rolesQuery);
  if (query.isPending) return <Waiting rows={6} height={60} />;
  if (!query.data) return <Failure error={query.error} what={t('roles')} onRetry={() => void query.refetch()} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="md">
      {query.data.items.map((role) => (
        <section key={role.name} className={classes.role} aria-label={role.title}>
          <h2>{role.title}</h2>
          <Text size="sm" c="dimmed">
            {role.summary}
          </Text>
          <ul>
            {role.permissions.map((permission) => (
              <li key={permission.name} title={permission.name}>
                {permission.sentence}
              </li>
            ))}
          </ul>
          <Conflicts role={role} roles={query.data.items} />
        </section>
      ))}
    </SimpleGrid>
  );
}

/** With whom this role should not be one person. What holds everything by design says so. */
function Conflicts({ role, roles }: { role: Role; roles: Role[] }) {
  const own = role.conflicts.find((conflict) => conflict.with === role.name);
  const others = role.conflicts.filter((conflict) => conflict !== own);
  if (role.conflicts.length === 0) return null;
  return (
    <div className={classes.conflicts}>
      <IconArrowsSplit2 size={16} aria-hidden />
      <div>
        <b>{t('Two people')}</b>
        {own ? <p>{t('This role alone allows what two people should do. Give it to few, and not for daily work.')}</p> : null}
        {own
          ? null
          : others
              .filter((conflict) => !roles.find((other) => other.name === conflict.with)?.conflicts.some((c) => c.with === conflict.with))
              .map((conflict) => (
                <p key={conflict.with} title={conflict.sentences.join(' ')}>
                  {conflict.sentences[0]}
                </p>
              ))}
      </div>
    </div>
  );
}

/** What these roles allow one person that two should do; shown where roles are given, before they are. */
export function RoleConflicts({ chosen }: { chosen: readonly string[] }) {
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const sentences = roles
    .filter((role) => chosen.includes(role.name))
    .flatMap((role) => role.conflicts.filter((conflict) => chosen.includes(conflict.with)).flatMap((conflict) => conflict.sentences));
  const told = [...new Set(sentences)];
  if (told.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconArrowsSplit2 size={18} />} title={t('Better two people')}>
      <ul className={classes.told}>
        {told.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {t('Nobody approves what they made or last edited, whatever their roles; with two people nobody has to be refused.')}
    </Alert>
  );
}

/** Beside the roles of somebody: that together they allow too much, and what. */
export function ConflictMark({ sentences }: { sentences: readonly string[] }) {
  return (
    <Tooltip label={sentences.join(' ')} multiline maw={420} events={{ hover: true, focus: true, touch: true }}>
      <span className={classes.mark} tabIndex={0} role="img" aria-label={t('Better two people: {{why}}', { why: sentences.join(' ') })}>
        <IconArrowsSplit2 size={14} aria-hidden />
      </span>
    </Tooltip>
  );
}
