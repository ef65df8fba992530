import { IconExternalLink } from '@tabler/icons-react';
import type { Message } from '../../api/operate.js';
import { CopyId } from '../../parts/id.js';
import { Money } from '../../parts/money.js';
import { Facts, Section } from '../../parts/page.js';
import { At } from '../../parts/time.js';

/** Where the document is in the target, and under which of our keys. */
export function Posting({ posting }: { posting: NonNullable<Message['posting']> }) {
  const number = posting.documentNumber ?? posting.documentId;
  return (
    <Section title="Posting">
      <Facts
        items={[
          ['Ledger', posting.ledger],
          [
            'Document',
            number ? (
              posting.url && /^https?:/.test(posting.url) ? (
                <a href={posting.url} target="_blank" rel="noreferrer" style={{ color: 'var(--mantine-color-anchor)' }}>
                  {number} <IconExternalLink size={13} aria-label="opens in the target system" />
                </a>
              ) : (
                number
              )
            ) : null,
          ],
          ['State', posting.state.replaceAll('_', ' ')],
          ['Effect', posting.effect],
          ['Total', posting.totals ? <Money value={{ amount: posting.totals.total, currency: posting.totals.currency }} /> : null],
          ['Tax', posting.totals?.tax ? <Money value={{ amount: posting.totals.tax, currency: posting.totals.currency }} /> : null],
          ['Our key there', <CopyId value={posting.externalId} label="Copy our key" />],
          ['Looked up after', posting.quietUntil ? <At at={posting.quietUntil} /> : null],
        ]}
      />
    </Section>
  );
}
