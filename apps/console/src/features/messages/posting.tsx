import { IconExternalLink } from '@tabler/icons-react';
import type { Message } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { Money } from '../../parts/money.js';
import { Facts, Section } from '../../parts/page.js';
import { At } from '../../parts/time.js';

/** Where the document is in the target, and under which of our keys. */
export function Posting({ posting }: { posting: NonNullable<Message['posting']> }) {
  const number = posting.documentNumber ?? posting.documentId;
  return (
    <Section title={t('Posting')}>
      <Facts
        items={[
          [t('Ledger'), posting.ledger],
          [
            t('Document'),
            number ? (
              posting.url && /^https?:/.test(posting.url) ? (
                <a href={posting.url} target="_blank" rel="noreferrer" style={{ color: 'var(--mantine-color-anchor)' }}>
                  {number} <IconExternalLink size={13} aria-label={t('opens in the target system')} />
                </a>
              ) : (
                number
              )
            ) : null,
          ],
          [t('State'), posting.state.replaceAll('_', ' ')],
          [t('Effect'), posting.effect],
          [t('Total'), posting.totals ? <Money value={{ amount: posting.totals.total, currency: posting.totals.currency }} /> : null],
          [t('Tax'), posting.totals?.tax ? <Money value={{ amount: posting.totals.tax, currency: posting.totals.currency }} /> : null],
          [t('Our key there'), <CopyId value={posting.externalId} label={t('Copy our key')} />],
          [t('Looked up after'), posting.quietUntil ? <At at={posting.quietUntil} /> : null],
        ]}
      />
    </Section>
  );
}
