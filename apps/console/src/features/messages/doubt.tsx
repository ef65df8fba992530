import type { Message } from '../../api/operate.js';
import { counted, rich, t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { Facts, Section } from '../../parts/page.js';
import { Ago, At } from '../../parts/time.js';

/** What is known about a call without an answer, what happens next by itself, and what a person may do meanwhile. */
export function Doubt({ message, doubt }: { message: Message; doubt: NonNullable<Message['doubt']> }) {
  const left = doubt.undecidedMax - doubt.undecided;
  return (
    <Section title={t('In doubt')}>
      <p style={{ margin: '0 0 12px' }}>
        {t('{{target}} may or may not have this document. Nothing is sent again before that is known, so it cannot be posted twice.', {
          target: message.target,
        })}
      </p>
      <Facts
        items={[
          [t('Sent'), <At at={doubt.sentAt} />],
          [t('Instead of an answer'), doubt.why],
          [
            t('Looked up'),
            <>
              {rich('{{lookUpAt}}, when {{target}} can no longer be working on it', {
                lookUpAt: <Ago at={doubt.lookUpAt} />,
                target: message.target.split(' · ')[0],
              })}
            </>,
          ],
          [t('When it is found'), t('It is posted, with the number that the target gave it')],
          [t('When it is not there'), t('It is sent again under the same key')],
          [
            t('When that stays unclear'),
            counted(
              left,
              'The next look-up that decides nothing makes it an exception',
              'After {{count}} more look-ups it becomes an exception',
            ),
          ],
          [t('Our key there'), message.posting ? <CopyId value={message.posting.externalId} label={t('Copy our key')} /> : null],
        ]}
      />
    </Section>
  );
}
