import { ActionIcon, Alert, Button, Checkbox, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  askForEdit,
  editableFieldsQuery,
  previewEdit,
  withdrawEdit,
  type EditableFields,
  type EditPreview,
  type ExceptionItem,
  type FieldChange,
  type PayloadEdit,
} from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { FieldChanges } from '../../parts/field-changes.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { WouldBeSent } from '../../parts/would-be-sent.js';
import classes from './exceptions.module.css';

type Field = EditableFields['fields'][number];
/** Fields that are drawn at once; the filter finds the others. */
const drawnMax = 200;

/** Corrects single fields of the record that stopped: choose, see what would be sent, say why, ask. Amounts and identity are locked and say so. */
export function EditDialog({ exception, opened, onClose }: { exception: ExceptionItem; opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={t('Correct fields of the record')}>
      {opened ? <Editing exception={exception} onClose={onClose} /> : null}
    </Modal>
  );
}

function Editing({ exception, onClose }: { exception: ExceptionItem; onClose: () => void }) {
  const query = useQuery(editableFieldsQuery(exception.id));
  const [changed, setChanged] = useState<ReadonlyMap<string, FieldChange['value']>>(new Map());
  const preview = useMutation({
    mutationFn: (changes: FieldChange[]) => previewEdit(exception.id, changes),
  });
  const [asked, setAsked] = useState<PayloadEdit>();
  if (query.isPending) return <Waiting rows={8} />;
  if (!query.data) return <Failure error={query.error} what={t('the record')} onRetry={() => void query.refetch()} />;
  if (asked) return <Asked edit={asked} onClose={onClose} />;
  const changes = [...changed].map(([path, value]) => ({ path, value }));
  if (preview.data)
    return <Preview exception={exception} changes={changes} preview={preview.data} onBack={preview.reset} onAsked={setAsked} />;
  return (
    <Stack gap="md">
      {query.data.waiting ? <Waits id={query.data.waiting} exception={exception.id} /> : null}
      <Text size="sm">
        {t('Amounts, currency, identity and keys are locked: a document with other ones is another document, and comes from its source.')}
      </Text>
      <Fields
        fields={query.data.fields}
        missing={missingField(exception, query.data.fields)}
        changed={changed}
        onChange={(path, value) => {
          const next = new Map(changed);
          if (value === undefined) next.delete(path);
          else next.set(path, value);
          setChanged(next);
          preview.reset();
        }}
      />
      <Refused error={preview.error} title={t('It cannot be corrected like that')} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button disabled={changes.length === 0} loading={preview.isPending} onClick={() => preview.mutate(changes)}>
          {t('Show what would be sent')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A field that the exception asks for and that the record does not have. */
function missingField({ path }: ExceptionItem, fields: readonly Field[]): Field | undefined {
  if (!path || path === '/' || fields.some((field) => field.path === path || field.path.startsWith(`${path}/`))) return undefined;
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (parent !== '' && !fields.some((field) => field.path.startsWith(`${parent}/`))) return undefined;
  return { path, value: null, locked: null, offending: true };
}

function Fields({
  fields,
  missing,
  changed,
  onChange,
}: {
  fields: readonly Field[];
  missing: Field | undefined;
  changed: ReadonlyMap<string, FieldChange['value']>;
  onChange: (path: string, value: FieldChange['value'] | undefined) => void;
}) {
  const all = useMemo(() => (missing ? [missing, ...fields] : fields), [missing, fields]);
  const [which, setWhich] = useState(all.some(({ offending }) => offending) ? 'offending' : 'open');
  const [text, setText] = useState('');
  const shown = all.filter(
    (field) =>
      (which === 'all' || (which === 'open' ? field.locked === null : field.offending) || changed.has(field.path)) &&
      `${field.path} ${String(field.value)}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return (
    <div>
      <Group gap="sm" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('Which fields')}
          value={which}
          onChange={setWhich}
          data={[
            { value: 'offending', label: t('In question') },
            { value: 'open', label: t('Editable') },
            { value: 'all', label: t('All') },
          ]}
        />
        <TextInput
          size="xs"
          aria-label={t('Find fields')}
          placeholder={t('Name or value')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </Group>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          {which === 'offending'
            ? t('The exception names no field of the record. Choose among those that may be corrected.')
            : t('No field matches.')}
        </Text>
      ) : (
        <ul className={classes.fields} aria-label={t('Fields of the record')} tabIndex={0}>
          {shown.slice(0, drawnMax).map((field) => (
            <li
              key={field.path}
              className={classes.field}
              data-offending={field.offending || undefined}
              data-changed={changed.has(field.path) || undefined}
            >
              <code className={classes.fieldName}>{field.path}</code>
              {field.locked ? (
                <span className={classes.locked}>
                  <IconLock size={14} aria-hidden />
                  <span>
                    <span className={classes.lockedValue}>{JSON.stringify(field.value)}</span>
                    <br />
                    {field.locked}
                  </span>
                </span>
              ) : (
                <FieldInput field={field} value={changed.get(field.path)} onChange={(value) => onChange(field.path, value)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {shown.length > drawnMax ? (
        <Text size="xs" c="dimmed" mt={6}>
          {t('The first {{drawnMax}} of {{count}}: find the others by name.', {
            drawnMax: formatCount(drawnMax),
            count: formatCount(shown.length),
          })}
        </Text>
      ) : null}
    </div>
  );
}

function FieldInput({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: FieldChange['value'] | undefined;
  onChange: (value: FieldChange['value'] | undefined) => void;
}) {
  if (typeof field.value === 'boolean')
    return (
      <Checkbox
        label={String(value ?? field.value)}
        aria-label={field.path}
        checked={Boolean(value ?? field.value)}
        onChange={(event) => onChange(event.currentTarget.checked === field.value ? undefined : event.currentTarget.checked)}
      />
    );
  const before = field.value === null ? '' : String(field.value);
  return (
    <TextInput
      size="xs"
      aria-label={field.path}
      maxLength={1000}
      placeholder={field.value === null ? t('nothing') : undefined}
      value={value === undefined ? before : String(value ?? '')}
      onChange={(event) => onChange(event.currentTarget.value === before ? undefined : event.currentTarget.value)}
      rightSection={
        value === undefined ? null : (
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={t('Leave {{path}} as it was', { path: field.path })}
            onClick={() => onChange(undefined)}
          >
            <IconArrowBackUp size={14} />
          </ActionIcon>
        )
      }
    />
  );
}

function Preview({
  exception,
  changes,
  preview,
  onBack,
  onAsked,
}: {
  exception: ExceptionItem;
  changes: FieldChange[];
  preview: EditPreview;
  onBack: () => void;
  onAsked: (edit: PayloadEdit) => void;
}) {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => askForEdit(exception.id, { changes, contentHash: preview.contentHash, reason: reason.trim() }),
    onSuccess: (edit) => {
      done(edit.state === 'applied' ? t('Corrected and sent again') : t('Asked for approval'));
      for (const key of ['exceptions', 'messages', 'approvals', 'overview', 'runs']) void queries.invalidateQueries({ queryKey: [key] });
      onAsked(edit);
    },
  });
  const verb = preview.approver ? t('Ask for approval') : t('Correct and send again');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim().length >= 3) ask.mutate();
      }}
    >
      <Stack gap="md">
        <FieldChanges changes={preview.changes} />
        <WouldBeSent before={preview.before} after={preview.after} />
        <Facts
          items={[
            [t('Tables'), preview.tables.map(({ name, version }) => `${name} ${version}`).join(', ')],
            [t('Content hash'), <CopyId value={preview.contentHash} label={t('Copy content hash')} />],
          ]}
        />
        <Textarea
          label={t('Reason')}
          withAsterisk
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refused error={ask.error} title={t('Could not {{verb}}', { verb: inSentence(verb) })} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onBack}>
            {t('Back')}
          </Button>
          <Button type="submit" disabled={reason.trim().length < 3} loading={ask.isPending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Asked({ edit, onClose }: { edit: PayloadEdit; onClose: () => void }) {
  return (
    <Stack gap="md">
      <div className={edit.state === 'applied' ? classes.cleared : classes.waits} role="status">
        {edit.state === 'applied'
          ? t('The message went on with the edit. The exception ends by itself when the document is posted.')
          : t(
              'Somebody who did not make the edit decides. Until then the message stays as it is; if it is sent again as it was, the edit is void.',
            )}
      </div>
      <Group justify="flex-end">
        {edit.approvalId ? (
          <LinkButton variant="default" to="/approvals" search={{ sel: edit.approvalId }}>
            {t('Open approval')}
          </LinkButton>
        ) : null}
        <Button onClick={onClose}>{t('Close')}</Button>
      </Group>
    </Stack>
  );
}

function Waits({ id, exception }: { id: string; exception: string }) {
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => withdrawEdit(id),
    onSuccess: () => {
      done(t('Edit withdrawn'));
      for (const key of ['exceptions', 'approvals', 'messages']) void queries.invalidateQueries({ queryKey: [key] });
      void queries.invalidateQueries({ queryKey: ['exceptions', 'fields', exception] });
    },
  });
  return (
    <Alert color="yellow" title={t('An edit of this record waits for its approval')}>
      <Text size="sm">{t('Another one takes its place.')}</Text>
      <Refused error={withdraw.error} title={t('Could not withdraw')} />
      <Button size="xs" variant="default" mt="sm" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        {t('Withdraw it')}
      </Button>
    </Alert>
  );
}
