import {
  Button,
  Fieldset,
  Group,
  JsonInput,
  NumberInput,
  PasswordInput,
  Radio,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { t } from '../../language/index.js';
import { Ago } from '../../parts/time.js';
import { chosenVariant, read, secretState, write, type Field, type Values } from './schema-form.js';

type Props = {
  fields: Field[];
  values: Values;
  onChange: (values: Values) => void;
  problems: Record<string, string>;
  /** What stands beside a field, by its path, from the first moment on. */
  notes?: Record<string, string>;
};

/** The form of a connector's settings, drawn from its schema. */
export function SettingFields({ fields, values, onChange, problems, notes }: Props) {
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <Setting key={field.path.join('.')} field={field} values={values} onChange={onChange} problems={problems} notes={notes} />
      ))}
    </Stack>
  );
}

function Setting({ field, values, onChange, problems, notes }: Omit<Props, 'fields'> & { field: Field }) {
  const value = read(values, field.path);
  const set = (next: unknown) => onChange(write(values, field.path, next));
  const shown = {
    label: field.title,
    description: field.description,
    withAsterisk: field.required,
    error: problems[field.path.join('.')] ?? notes?.[field.path.join('.')],
  };
  switch (field.kind) {
    case 'secret':
      return <Secret {...shown} value={value} onChange={set} />;
    case 'boolean':
      return (
        <Switch
          label={field.title}
          description={field.description}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shown}
          data={field.choices ?? []}
          clearable={!field.required}
          value={value === undefined ? null : String(value)}
          onChange={(next) => set(next ?? undefined)}
        />
      );
    case 'integer':
    case 'number':
      return (
        <NumberInput
          {...shown}
          allowDecimal={field.kind === 'number'}
          min={field.minimum}
          max={field.maximum}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => set(typeof next === 'number' ? next : undefined)}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...shown}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => set(next.length ? next : undefined)}
        />
      );
    case 'json':
      return <JsonField {...shown} value={value} onChange={set} />;
    case 'group':
      return (
        <Fieldset legend={field.title}>
          <SettingFields fields={field.fields ?? []} values={values} onChange={onChange} problems={problems} />
        </Fieldset>
      );
    case 'variant': {
      const chosen = chosenVariant(field, value);
      return (
        <Fieldset legend={field.title}>
          <Radio.Group
            aria-label={field.title}
            value={chosen?.title}
            onChange={(title) => set({ ...field.variants?.find((variant) => variant.title === title)?.fixed })}
          >
            <Group gap="lg" mb="sm">
              {field.variants?.map((variant) => (
                <Radio key={variant.title} value={variant.title} label={variant.title} />
              ))}
            </Group>
          </Radio.Group>
          {chosen ? <SettingFields fields={chosen.fields} values={values} onChange={onChange} problems={problems} /> : null}
        </Fieldset>
      );
    }
    case 'text':
      return (
        <TextInput
          {...shown}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        />
      );
  }
}

/** Never shown again once it is stored: only that it is set, and a way to replace it. */
function Secret({
  value,
  onChange,
  ...shown
}: {
  label: string;
  description?: string;
  withAsterisk: boolean;
  error?: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const [held] = useState(() => secretState(value));
  const state = secretState(value);
  if (state?.set) {
    return (
      <div>
        <Text size="sm" fw={500}>
          {shown.label}
        </Text>
        {shown.description ? (
          <Text size="xs" c="dimmed">
            {shown.description}
          </Text>
        ) : null}
        <Group gap="sm" mt={4}>
          <Text size="sm">
            {t('Set')}
            {state.at ? (
              <>
                {' '}
                <Ago at={state.at} />
              </>
            ) : null}
          </Text>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChange('')}
            aria-label={t('Replace {{label}}', { label: shown.label })}
          >
            {t('Replace')}
          </Button>
        </Group>
        {shown.error ? (
          <Text size="xs" c="red" role="alert">
            {shown.error}
          </Text>
        ) : null}
      </div>
    );
  }
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <PasswordInput
        {...shown}
        style={{ flex: 1 }}
        autoComplete="new-password"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {held?.set ? (
        <Button variant="default" onClick={() => onChange(held)}>
          {t('Keep the old one')}
        </Button>
      ) : null}
    </Group>
  );
}

function JsonField({
  value,
  onChange,
  ...shown
}: {
  label: string;
  description?: string;
  withAsterisk: boolean;
  error?: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  return (
    <JsonInput
      {...shown}
      autosize
      minRows={3}
      formatOnBlur
      validationError={t('Not JSON')}
      value={text}
      onChange={(next) => {
        setText(next);
        try {
          onChange(next.trim() === '' ? undefined : JSON.parse(next));
        } catch {
          // half-typed: the last whole value stays until this one is whole
        }
      }}
    />
  );
}
