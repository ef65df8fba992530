import { Link } from '@tanstack/react-router';
import type { Message } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { Section } from '../../parts/page.js';
import { MessageStateMark } from '../../parts/states.js';

const words: Record<Message['related'][number]['relation'], string> = {
  'caused-by': t('Came from'),
  caused: t('Led to'),
  'same-document': t('Same document'),
  'blocked-by': t('Blocked by'),
  'waits-for': t('Waits for'),
};

export function Related({ message }: { message: Message }) {
  return (
    <Section
      title={t('Related messages')}
      aside={
        <Link to="/messages" search={{ correlation: message.correlationId }} style={{ fontSize: 13, color: 'var(--mantine-color-anchor)' }}>
          {t('All of this correlation')}
        </Link>
      }
    >
      {message.related.length === 0 ? (
        <p style={{ margin: 0, fontSize: 13, color: 'var(--mantine-color-dimmed)' }}>{t('None.')}</p>
      ) : (
        <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
          {message.related.map((other) => (
            <li
              key={`${other.relation}${other.id}`}
              style={{ display: 'flex', alignItems: 'center', gap: 10, padding: '5px 0', fontSize: 13 }}
            >
              <span style={{ width: 110, color: 'var(--mantine-color-dimmed)' }}>{words[other.relation]}</span>
              <Link
                to="/messages/$id"
                params={{ id: other.id }}
                search={{}}
                style={{ color: 'var(--mantine-color-anchor)', flex: 1, minWidth: 0 }}
              >
                {other.flow}
              </Link>
              <MessageStateMark state={other.state} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
