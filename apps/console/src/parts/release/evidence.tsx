import { Text } from '@mantine/core';
import type { Comparison } from '../../api/build.js';
import { rich, t } from '../../language/index.js';
import { At } from '../time.js';
import { ChangedFields, Tallies } from './comparison.js';

/** What whoever submitted a release saw of its comparison: sums and names of fields. */
export type Evidence = Omit<Comparison, 'documents' | 'against' | 'fields'> & {
  by: string;
  fields: Pick<Comparison['fields'][number], 'path' | 'shape' | 'count'>[];
};

export function EvidenceShown({ evidence }: { evidence: Evidence }) {
  return (
    <section aria-label={t('Evidence')}>
      <Text size="sm" fw={600} mb={6}>
        {t('Evidence')}
      </Text>
      <Tallies of={evidence} />
      <ChangedFields fields={evidence.fields} />
      {evidence.notTried.map((sentence) => (
        <Text key={sentence} size="sm" mt={6}>
          {t('Not tried: {{sentence}}', { sentence })}
        </Text>
      ))}
      <Text size="xs" c="dimmed" mt={6}>
        {rich('Tried {{triedAt}} when {{by}} submitted it, within what {{by2}} sees.', {
          triedAt: <At at={evidence.triedAt} />,
          by: evidence.by,
          by2: evidence.by,
        })}
      </Text>
    </section>
  );
}
