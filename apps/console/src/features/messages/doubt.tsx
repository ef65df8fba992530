import type { Message } from '../../api/operate.js';
import { CopyId } from '../../parts/id.js';
import { Facts, Section } from '../../parts/page.js';
import { Ago, At } from '../../parts/time.js';

/** What is known about a call without an answer, what happens next by itself, and what a person may do meanwhile. */
export function Doubt({ message, doubt }: { message: Message; doubt: NonNullable<Message['doubt']> }) {
  const left = doubt.undecidedMax - doubt.undecided;
  return (
    <Section title="In doubt">
      <p style={{ margin: '0 0 12px' }}>
        {message.target} may or may not have this document. Nothing is sent again before that is known, so it cannot be posted twice.
      </p>
      <Facts
        items={[
          ['Sent', <At at={doubt.sentAt} />],
          ['Instead of an answer', doubt.why],
          [
            'Looked up',
            <>
              <Ago at={doubt.lookUpAt} />, when {message.target.split(' · ')[0]} can no longer be working on it
            </>,
          ],
          ['When it is found', 'It is posted, with the number that the target gave it'],
          ['When it is not there', 'It is sent again under the same key'],
          [
            'When that stays unclear',
            left === 1
              ? 'The next look-up that decides nothing makes it an exception'
              : `After ${left} more look-ups it becomes an exception`,
          ],
          ['Our key there', message.posting ? <CopyId value={message.posting.externalId} label="Copy our key" /> : null],
        ]}
      />
    </Section>
  );
}
