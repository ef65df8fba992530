import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { billingQuery, type BillingPath } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './usage.module.css';

/** Why is this not billed? The way from the event to a document, one meter after another, and the first thing that stops it. */
export function Billing({ id }: { id: string }) {
  const query = useQuery(billingQuery(id));
  return (
    <section aria-label={t('Is it billed?')}>
      <Text size="sm" fw={600} mb={2}>
        {t('Is it billed?')}
      </Text>
      {query.isPending ? <Waiting rows={3} height={30} /> : null}
      {query.isError && !query.data ? (
        <Failure error={query.error} what={t('the way to billing')} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data?.meters.map((meter, index) => (
        <Way key={meter.meter ?? index} way={meter} />
      ))}
    </section>
  );
}

function Way({ way }: { way: BillingPath }) {
  const stop = way.path.findIndex((step) => !step.done);
  return (
    <>
      <Text size="sm" mt={6}>
        {way.meter ? <b>{way.meter}: </b> : null}
        {way.billed ? t('billed.') : (way.because ?? t('not billed yet.'))}
      </Text>
      <ol className={classes.path}>
        {way.path.map((step, index) => {
          const state = step.done ? 'done' : index === stop ? 'stops' : 'not-yet';
          const Glyph = step.done ? IconCircleCheck : index === stop ? IconAlertTriangle : IconCircleDashed;
          return (
            <li key={step.step} data-state={state}>
              <Glyph
                size={16}
                aria-label={step.done ? t('Done') : index === stop ? t('Stops here') : t('Not yet')}
                style={{ marginTop: 2 }}
              />
              <div>
                {step.detail}
                {!step.done && step.remedy ? <p>{step.remedy}</p> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}
