import { Code, Stack, Text } from '@mantine/core';
import { t } from '../../language/index.js';
import { Copy } from '../../parts/id.js';

const example = (origin: string): string =>
  [
    `curl ${origin}/v1/usage/events \\`,
    "  -H 'Authorization: Bearer <api key>' \\",
    "  -H 'Content-Type: application/cloudevents+json' \\",
    `  -d '{"specversion":"1.0","id":"1","source":"/gateway","type":"api.call","subject":"customer-1","data":{"calls":1}}'`,
  ].join('\n');

/** The first thing to do for whoever sends usage: a line that can be pasted. */
export function FirstEvent() {
  const text = example(globalThis.location.origin);
  return (
    <Stack gap="sm" align="center" w="100%">
      <Text size="sm">{t('A program sends what was used as a CloudEvent; it shows here when it is stored.')}</Text>
      <div style={{ position: 'relative', textAlign: 'left', maxWidth: '100%' }}>
        <Code block tabIndex={0} style={{ paddingRight: 44 }}>
          {text}
        </Code>
        <span style={{ position: 'absolute', top: 6, right: 6 }}>
          <Copy value={text} label={t('Copy the example')} />
        </span>
      </div>
    </Stack>
  );
}
