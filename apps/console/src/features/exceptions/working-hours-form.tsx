import { Autocomplete, Button, Group, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { exceptionFacet, saveWorkingHours, type WorkingHours } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';
import { categoryOrder, categoryWord } from '../../parts/states.js';
import {
  anyEntity,
  entityWord,
  freeDaysOf,
  freeDaysText,
  linesInWords,
  recountedInWords,
  shiftsOf,
  weekdayName,
  weekdays,
  weekOf,
  type Weekday,
} from './working-hours-words.js';

const zones = Intl.supportedValuesOf('timeZone');
const office = Object.fromEntries(weekdays.map((day, at) => [day, at < 5 ? '09:00–17:00' : ''])) as Record<Weekday, string>;

/** When somebody works in a legal entity; what is open is counted again when it is saved. */
export function WorkingHoursForm({
  item,
  taken,
  onClose,
}: {
  item: WorkingHours | undefined;
  taken: readonly string[];
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const entities = useQuery({ ...exceptionFacet('legalEntity', { state: 'all' })(), enabled: item === undefined });
  const [legalEntity, setLegalEntity] = useState(item?.legalEntity ?? '');
  const [timeZone, setTimeZone] = useState(item?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [week, setWeek] = useState(item ? weekOf(item.shifts) : office);
  const [free, setFree] = useState(freeDaysText(item?.freeDays ?? []));
  const [hours, setHours] = useState<WorkingHours['hours']>(item?.hours ?? {});
  const [reason, setReason] = useState('');
  const everyOther = t('Every other legal entity');
  const name = legalEntity.trim() === everyOther ? anyEntity : legalEntity.trim();
  const known = (entities.data?.items ?? []).map(({ value }) => value);
  const shifts = weekdays.map((day) => ({ day, found: shiftsOf(week[day]) }));
  const { freeDays, wrong } = freeDaysOf(free);
  const readable = shifts.every(({ found }) => found !== undefined) && wrong.length === 0;
  const isTaken = item === undefined && taken.includes(name);
  const save = useMutation({
    mutationFn: () =>
      saveWorkingHours(name, {
        timeZone,
        shifts: shifts.flatMap(({ day, found }) => (found ?? []).map((shift) => ({ day, ...shift }))),
        freeDays,
        hours,
        expectedVersion: item?.version ?? 0,
        reason: reason.trim() || undefined,
      }),
    onSuccess: (saved) => {
      done(t('Working hours saved'), recountedInWords(saved));
      for (const key of ['exceptions', 'overview', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (readable && name && !isTaken) save.mutate();
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Autocomplete
            label={t('Legal entity')}
            disabled={item !== undefined}
            data={[everyOther, ...known.filter((entity) => !taken.includes(entity))]}
            value={item ? entityWord(item.legalEntity) : legalEntity}
            onChange={setLegalEntity}
            maxLength={80}
            error={isTaken ? t('It has working hours already; open them instead.') : undefined}
            required
          />
          <Autocomplete label={t('Time zone')} data={zones} limit={50} value={timeZone} onChange={setTimeZone} maxLength={64} required />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="xs">
          {shifts.map(({ day, found }) => (
            <TextInput
              key={day}
              label={weekdayName(day, 'long')}
              placeholder={t('No work')}
              value={week[day]}
              onChange={(event) => setWeek({ ...week, [day]: event.currentTarget.value })}
              error={found ? undefined : t('Write it as 09:00–12:30, 13:30–17:00.')}
            />
          ))}
        </SimpleGrid>
        <Textarea
          label={t('Free days')}
          description={t('A line for each: the day, then its name, such as 2026-12-25 Christmas Day')}
          autosize
          minRows={3}
          maxRows={10}
          value={free}
          onChange={(event) => setFree(event.currentTarget.value)}
          error={
            wrong.length > 0 ? t('Not a day, or one that stands there twice: line {{lines}}', { lines: linesInWords(wrong) }) : undefined
          }
        />
        <div>
          <Text size="sm" fw={500}>
            {t('Hours of work until it is over its time')}
          </Text>
          <Text size="xs" c="dimmed" mb={6}>
            {t('Empty: as in the whole installation')}
          </Text>
          <SimpleGrid cols={{ base: 2, xs: 3 }} verticalSpacing="xs">
            {categoryOrder.map((category) => (
              <NumberInput
                key={category}
                label={categoryWord(category)}
                min={1}
                max={2_160}
                allowDecimal={false}
                value={hours[category] ?? ''}
                onChange={(value) =>
                  setHours(({ [category]: _, ...rest }) => (typeof value === 'number' ? { ...rest, [category]: value } : rest))
                }
              />
            ))}
          </SimpleGrid>
        </div>
        <TextInput
          label={t('Reason')}
          description={t('Kept in the audit log')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refused error={save.error} title={t('Could not save the working hours')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!readable || !name || isTaken}>
            {t('Save working hours')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
