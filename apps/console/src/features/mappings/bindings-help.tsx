import { bindingTable, functionTable, limits, plainFunctions } from '@waybill/mapping-language';
import { t } from '../../language/index.js';
import classes from './mappings.module.css';

const families: [title: string, holds: (name: string) => boolean][] = [
  ['$money', (name) => name.startsWith('$money.')],
  ['$date', (name) => name.startsWith('$date.')],
  [t('Documents'), (name) => !name.includes('.')],
];

/** Made of the same table that the engine runs, so it lists exactly what there is. */
export function BindingsHelp() {
  return (
    <div className={classes.help}>
      <section aria-label={t('Bindings')}>
        <h3>{t('What a mapping sees')}</h3>
        <dl>
          {bindingTable.map((binding) => (
            <div key={binding.name}>
              <dt>{binding.name}</dt>
              <dd>{binding.summary}</dd>
            </div>
          ))}
        </dl>
        <p>
          {t('A mapping may run {{timeoutMs}} s and be {{stack}} calls deep. Money is text: use the $money functions, never + - * /.', {
            timeoutMs: limits.timeoutMs / 1000,
            stack: limits.stack,
          })}
        </p>
      </section>
      {families.map(([group, holds]) => (
        <section key={group} aria-label={group}>
          <h3>{group}</h3>
          <dl>
            {functionTable
              .filter(({ name }) => holds(name))
              .map((f) => (
                <div key={f.name}>
                  <dt>
                    {f.name}
                    {f.signature}
                  </dt>
                  <dd>{f.summary}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
      <section aria-label={t('JSONata')}>
        <h3>{t('JSONata’s own')}</h3>
        <dl>
          {plainFunctions.map((f) => (
            <div key={f.name}>
              <dt>
                {f.name}
                {f.signature}
              </dt>
              <dd>{f.summary}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
