import { SegmentedControl, Text } from '@mantine/core';
import { IconFileSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inferredSchemaQuery } from '../../api/build.js';
import { counted, t } from '../../language/index.js';
import { JsonView } from '../../parts/json/json-view.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';

const bases = [
  { value: 'payloads', label: t('Of payloads alone') },
  { value: 'schema', label: t('This schema and what is seen') },
];

/** A schema that the newest recorded payloads fit, to be copied where the schema is kept. */
export function InferredPanel({ kind, name }: { kind: string; name: string }) {
  const [onto, setOnto] = useState('payloads');
  const query = useQuery(inferredSchemaQuery(kind, name, onto === 'schema' ? 'schema' : undefined));
  if (query.isPending) return <Waiting rows={8} />;
  if (!query.data) return <Failure error={query.error} what={t('recorded payloads')} onRetry={() => void query.refetch()} />;
  const { payloads, schema, more } = query.data;
  if (payloads === 0)
    return (
      <FirstUse icon={IconFileSearch} title={t('No payloads recorded yet')}>
        {t('As soon as flows that use this schema have documents that you may see, a schema is made of them here.')}
      </FirstUse>
    );
  return (
    <>
      <SegmentedControl size="xs" data={bases} value={onto} onChange={setOnto} aria-label={t('Made of')} mb="sm" />
      <Text size="sm" component="p" mt={0}>
        {counted(
          payloads,
          'Made of the newest {{count}} recorded payload that you may see.',
          'Made of the newest {{count}} recorded payloads that you may see.',
        )}{' '}
        {t('It holds no values, and names as required what every object fills.')}
        {more ? ` ${t('Payloads have more fields than could be counted.')}` : ''}
      </Text>
      <JsonView text={JSON.stringify(schema)} label={t('The schema made of payloads')} maxHeight={720} />
    </>
  );
}
