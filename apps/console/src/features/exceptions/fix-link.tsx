import type { Fix } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { TextLink } from '../../parts/links.js';

/** Where the cause is put right; a mapping opens with the record that stopped. */
export function FixLink({ fix, messageId }: { fix: Fix; messageId?: string }) {
  switch (fix.kind) {
    case 'table':
      return (
        <TextLink fz="inherit" underline="always" to="/tables/$name" params={{ name: fix.table }} search={{ q: Object.values(fix.by)[0] }}>
          {t('Table {{table}}', { table: fix.table })}
        </TextLink>
      );
    case 'mapping':
      return (
        <TextLink
          fz="inherit"
          underline="always"
          to="/mappings/$name"
          params={{ name: fix.mapping }}
          search={messageId ? { sample: messageId } : {}}
        >
          {t('Mapping {{mapping}}', { mapping: fix.mapping })}
        </TextLink>
      );
    case 'connection':
      return (
        <TextLink fz="inherit" underline="always" to="/connections/$name" params={{ name: fix.connection }}>
          {t('Connection {{connection}}', { connection: fix.connection })}
        </TextLink>
      );
    case 'target':
      return <span>{t('Put right in the system behind {{connection}}', { connection: fix.connection })}</span>;
    case 'source':
      return <span>{t('Put right where the document comes from')}</span>;
    case 'decision':
      return <span>{t('Needs a decision')}</span>;
  }
}
