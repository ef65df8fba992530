import { Text } from '@mantine/core';
import { t } from '../../language/index.js';
import { Diff } from '../diff.js';

interface Content {
  version: number;
  yaml: string;
  mapping: { name: string; version: number; source: string };
}

/** Two releases side by side: the flow file, then the mapping. What is the same is said, not shown. */
export function ReleaseDiff({ before, after, live = false }: { before: Content; after: Content; live?: boolean }) {
  const labels = {
    beforeLabel: live ? t('Live, version {{version}}', { version: before.version }) : t('Version {{version}}', { version: before.version }),
    afterLabel: t('Version {{version}}', { version: after.version }),
  };
  const sameMapping = before.mapping.name === after.mapping.name && before.mapping.source === after.mapping.source;
  return (
    <>
      <section aria-label={t('Flow file')}>
        <Text size="sm" fw={600} mb={6}>
          {t('Flow file')}
        </Text>
        {before.yaml === after.yaml ? (
          <Text size="sm" c="dimmed">
            {t('The same in both.')}
          </Text>
        ) : (
          <Diff before={before.yaml} after={after.yaml} language="yaml" {...labels} />
        )}
      </section>
      <section aria-label={t('Mapping')} style={{ marginTop: 14 }}>
        <Text size="sm" fw={600} mb={6}>
          {t('Mapping')}
        </Text>
        {sameMapping ? (
          <Text size="sm" c="dimmed">
            {t('{{name}}, version {{version}}: the same in both.', { name: after.mapping.name, version: after.mapping.version })}
          </Text>
        ) : (
          <Diff
            before={before.mapping.source}
            after={after.mapping.source}
            language="jsonata"
            beforeLabel={`${before.mapping.name} ${before.mapping.version}`}
            afterLabel={`${after.mapping.name} ${after.mapping.version}`}
          />
        )}
      </section>
    </>
  );
}
