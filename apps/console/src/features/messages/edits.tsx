import { IconBan, IconCircleCheck, IconHandStop, IconX } from '@tabler/icons-react';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { editsQuery, type PayloadEdit } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { FieldChanges } from '../../parts/field-changes.js';
import { TextLink } from '../../parts/links.js';
import { Section } from '../../parts/page.js';
import { Failure } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import classes from './messages.module.css';

const looks = {
  waiting: { word: t('Waits for approval'), icon: IconHandStop, tone: 'warn' },
  applied: { word: t('Applied'), icon: IconCircleCheck, tone: 'ok' },
  rejected: { word: t('Rejected'), icon: IconX, tone: 'bad' },
  void: { word: t('Void'), icon: IconBan, tone: 'idle' },
} as const;

/** Edits of the record: the version as it came and the corrected one are both kept; their hashes say which. */
export function Edits({ messageId }: { messageId: string }) {
  const query = useQuery(editsQuery(messageId));
  if (query.isError && !query.data) return <Failure error={query.error} what={t('edits')} onRetry={() => void query.refetch()} />;
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Section title={t('Edits ({{count}})', { count: query.data.items.length })}>
      <ol className={classes.edits}>
        {query.data.items.map((edit) => (
          <Edit key={edit.id} edit={edit} />
        ))}
      </ol>
    </Section>
  );
}

function Edit({ edit }: { edit: PayloadEdit }) {
  const { word, icon, tone } = looks[edit.state];
  return (
    <li>
      <div>
        <StateMark icon={icon} tone={tone}>
          {word}
        </StateMark>{' '}
        <b>{edit.by}</b> <At at={edit.at} />
      </div>
      <FieldChanges changes={edit.changes} />
      <Text size="sm">{edit.reason}</Text>
      <Text size="xs" c="dimmed">
        {[
          t('Record {{before}} → {{after}}', { before: edit.beforeHash.slice(0, 12), after: edit.afterHash.slice(0, 12) }),
          ...(edit.decidedBy
            ? [
                edit.state === 'rejected'
                  ? t('rejected by {{decidedBy}}', { decidedBy: edit.decidedBy })
                  : t('approved by {{decidedBy}}', { decidedBy: edit.decidedBy }),
              ]
            : []),
          ...(edit.decision && edit.state !== 'applied' ? [edit.decision] : []),
        ].join(' · ')}
        {edit.approvalId ? (
          <>
            {' '}
            ·{' '}
            <TextLink fz="inherit" underline="always" to="/approvals" search={{ state: 'all', sel: edit.approvalId }}>
              {t('approval')}
            </TextLink>
          </>
        ) : null}
      </Text>
    </li>
  );
}
