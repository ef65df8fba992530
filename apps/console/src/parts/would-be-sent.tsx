import { Text } from '@mantine/core';
import { t } from '../language/index.js';
import { Diff } from './diff.js';
import { JsonView } from './json/json-view.js';

/** The target's document with an edit, beside what it was; alone where nothing came of the record before. */
export function WouldBeSent({ before, after }: { before: unknown; after: unknown }) {
  const known = before !== null && before !== undefined;
  return (
    <section aria-label={t('What would be sent')}>
      <Text size="sm" fw={600} mb={6}>
        {t('What would be sent')}
      </Text>
      {known ? (
        <Diff
          before={JSON.stringify(before, null, 2)}
          after={JSON.stringify(after, null, 2)}
          beforeLabel={t('As it was')}
          afterLabel={t('With the edit')}
          language="json"
        />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb={6}>
            {t('Nothing came of the record as it was.')}
          </Text>
          <JsonView text={JSON.stringify(after)} label={t('What would be sent')} maxHeight={380} />
        </>
      )}
    </section>
  );
}
