import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkConnection } from '../../api/build.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Refused } from '../../parts/situations.js';
import classes from './connections.module.css';

/** Tries the connection step by step, and says what to do about the step that fails. */
export function CheckSteps({ name }: { name: string }) {
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: () => checkConnection(name),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['connections'] }),
  });
  return (
    <div>
      <Group gap="sm" mb="sm">
        <Button variant="default" size="xs" loading={check.isPending} onClick={() => check.mutate()}>
          {check.data ? t('Check again') : t('Check connection')}
        </Button>
        {check.data ? (
          <Text size="sm" role="status">
            {check.data.ok ? t('Every step worked.') : t('A step failed.')}
          </Text>
        ) : null}
      </Group>
      <Refused error={check.error} title={t('Could not check the connection')} />
      {check.data ? (
        <ol className={classes.steps}>
          {check.data.steps.map((step) => (
            <li key={step.name}>
              <StateMark icon={step.ok ? IconCircleCheck : IconCircleX} tone={step.ok ? 'ok' : 'bad'}>
                {step.ok ? t('Worked') : t('Failed')}
              </StateMark>
              <div>
                <b>{step.name}</b>
                <p>{step.detail}</p>
                {step.remedy ? <p className={classes.remedy}>{step.remedy}</p> : null}
              </div>
            </li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}
