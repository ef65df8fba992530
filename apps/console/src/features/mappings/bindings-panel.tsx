import { Button, Select, Text, Textarea, TextInput } from '@mantine/core';
import { counted, t } from '../../language/index.js';
import { TextLink } from '../../parts/links.js';
import { deliveryOf, isInstant, type GivenTexts } from './given.js';
import classes from './panels.module.css';

/** A table that the expression reads, as it is known here. */
export interface TableHere {
  name: string;
  /** Undefined while it is read. */
  version: number | undefined;
  rows: number;
  /** Why its rows are not here: the engine alone reads it. */
  away: string | undefined;
}

/** What the mapping is given beside the record; changing it shows at once what depends on it. */
export function BindingsPanel({
  given,
  changed,
  flows,
  tables,
  onChange,
  onReset,
}: {
  given: GivenTexts;
  changed: boolean;
  flows: readonly string[];
  tables: readonly TableHere[];
  onChange: (next: Partial<GivenTexts>) => void;
  onReset: () => void;
}) {
  return (
    <section aria-label={t('Bindings')} className={classes.columns}>
      <div style={{ display: 'grid', gap: 10, alignContent: 'start' }}>
        <TextInput
          label={t('Day of the tables (asOf)')}
          description={t('A day or an instant; $table without a day of its own reads the rows that are valid then')}
          value={given.asOf}
          error={isInstant(given.asOf) ? undefined : t('Such as 2026-11-23 or 2026-11-23T04:00:00Z')}
          onChange={(event) => onChange({ asOf: event.currentTarget.value })}
        />
        <Select
          label="$flow"
          data={flows.includes(given.flow) || given.flow === '' ? [...flows] : [...flows, given.flow]}
          value={given.flow || null}
          placeholder={t('No flow')}
          onChange={(next) => onChange({ flow: next ?? '' })}
        />
        <TextInput label="$revision" value={given.revision} onChange={(event) => onChange({ revision: event.currentTarget.value })} />
        <Textarea
          label="$delivery"
          description={t('JSON')}
          autosize
          minRows={2}
          maxRows={10}
          value={given.delivery}
          error={deliveryOf(given.delivery) === undefined ? t('It is no JSON object') : undefined}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          onChange={(event) => onChange({ delivery: event.currentTarget.value })}
        />
        {changed ? (
          <div>
            <Button size="xs" variant="default" onClick={onReset}>
              {t('As it was recorded')}
            </Button>
          </div>
        ) : null}
      </div>
      <div>
        <h3>{t('Tables that the expression reads')}</h3>
        {tables.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('None.')}
          </Text>
        ) : (
          <ul className={classes.list} aria-label={t('Tables')}>
            {tables.map((table) => (
              <li key={table.name}>
                <TextLink fz="sm" underline="always" to="/tables/$name" params={{ name: table.name }} search={isInstant(given.asOf) ? { asOf: given.asOf.slice(0, 10) } : {}}>
                  {table.name}
                </TextLink>{' '}
                <span className={classes.dim}>
                  {table.away ?? (table.version === undefined ? t('being read') : counted(table.rows, 'version {{version}}, {{count}} row of all days', 'version {{version}}, {{count}} rows of all days', { version: table.version }))}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
} // prettier-ignore
